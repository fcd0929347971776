using System.Diagnostics;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Calibration.Observation;

/// <summary>Counts the observed tensors of runs. Not thread-safe: one per worker.</summary>
internal sealed class ActivationCounter
{
    private readonly TappedModel _model;
    private readonly IReadOnlyList<string> _inputs;
    private readonly TensorStatistics[] _statistics;
    private readonly RangeSettling[] _settling;
    private readonly FloatValues _floats = new();
    private readonly bool _sampled;
    private (int Sample, int Tensor)? _firstNonFinite;

    /// <param name="inputs">Observed inputs of the graph: their values are the samples' own.</param>
    /// <param name="sampled">Count every ninth vector of the small values.</param>
    public ActivationCounter(TappedModel model, IReadOnlyList<string> inputs, bool sampled)
    {
        _model = model;
        _inputs = inputs;
        _sampled = sampled;
        _statistics = [.. Enumerable.Range(0, inputs.Count + model.Taps.Count).Select(_ => new TensorStatistics())];
        _settling = [.. _statistics.Select(_ => new RangeSettling())];
    }

    public IReadOnlyDictionary<string, TensorStatistics> Statistics =>
        _statistics.Index().ToDictionary(tensor => NameOf(tensor.Index), tensor => tensor.Item);

    public IReadOnlyDictionary<string, RangeSettling> Settling =>
        _settling.Index().ToDictionary(tensor => NameOf(tensor.Index), tensor => tensor.Item);

    /// <summary>Time spent on counting, the runs' own left out.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Runs the model on a batch and counts the values of its samples, not those of repeated ones.</summary>
    /// <param name="contents">Hashes of the samples' contents, by their places in the source.</param>
    /// <exception cref="QuantizationException">The run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Count(TappedRun run, SampleBatch batch, IReadOnlyDictionary<int, ulong> contents, CancellationToken cancellation = default)
    {
        _firstNonFinite = null;
        void Add(int sample, int tensor, ReadOnlySpan<float> values, long padding)
        {
            long start = Stopwatch.GetTimestamp();
            TensorStatistics statistics = _statistics[tensor];
            long nonFinite = statistics.NonFinite;
            if (_sampled)
                statistics.AddSampled(values);
            else
                statistics.Add(values);
            statistics.RemoveZeros(padding);
            (float min, float max) = statistics.TakePart();
            _settling[tensor].Add(contents[batch.Samples[sample].Index], min, max);
            // Tensors come one after the other, each with all samples; what is reported must not depend on the batch.
            if (statistics.NonFinite > nonFinite && (_firstNonFinite is not { } first || (sample, tensor).CompareTo(first) < 0))
                _firstNonFinite = (sample, tensor);
            Time += Stopwatch.GetElapsedTime(start);
        }

        void AddCounted(int sample, int tensor, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
        {
            PositionMask? mask = batch.Samples[sample].Sample.Mask;
            if (mask?.HasPositions(shape) != true)
            {
                Add(sample, tensor, values, padding: 0);
                return;
            }
            int each = values.Length / mask.Length;
            foreach ((int start, int length) in mask.Stretches)
                Add(sample, tensor, values.Slice(start * each, length * each), padding: 0);
        }

        for (int sample = 0; sample < batch.Samples.Count; sample++)
        {
            for (int input = 0; input < _inputs.Count; input++)
            {
                TensorValue value = batch.Samples[sample].Sample.Inputs[_inputs[input]];
                AddCounted(sample, input, [.. value.Shape], _floats.Read(value.Type, value.Data.Span));
            }
        }

        run.Run(
            (tap, shape, values) =>
            {
                int parts = values.Length % batch.Size == 0 ? batch.Size : 1;
                int length = values.Length / parts;
                // In the blocked layout positions do not lie beside each other.
                long? channels = _model.Taps[tap].Channels;
                long padding = channels is { } real ? length - (length / shape[1] * real) : 0;
                ReadOnlySpan<long> ofSample = ShapeOfPart(shape, parts);
                for (int i = 0; i < Math.Min(parts, batch.Samples.Count); i++)
                {
                    if (channels is null)
                        AddCounted(i, _inputs.Count + tap, ofSample, values.Slice(i * length, length));
                    else
                        Add(i, _inputs.Count + tap, values.Slice(i * length, length), padding);
                }
            },
            cancellation
        );
    }

    /// <exception cref="QuantizationException">
    /// A tensor held NaN or infinities, and so do the sample itself or the network's outputs; the first sample and its first tensor
    /// are named. Within a network infinities can be meant, as in masks: there they are only counted.
    /// </exception>
    public void ThrowIfNonFinite(SampleBatch batch, FiniteOutputs outputs)
    {
        if (_firstNonFinite is not (int sample, int tensor))
            return;
        if (Blamed(batch.Samples[sample].Sample) is { } input)
            throw BrokenSample(input, batch.Samples[sample].Sample);
        if (!outputs.Are(batch.Samples[sample].Sample))
            throw NonFinite(NameOf(tensor), batch.Samples[sample].Sample);
    }

    /// <summary>The shape of one sample's part of a batch; the samples lie one after the other on the first axis.</summary>
    private static long[] ShapeOfPart(ReadOnlySpan<long> shape, int parts)
    {
        long[] part = shape.ToArray();
        if (part.Length > 0 && part[0] % parts == 0)
            part[0] /= parts;
        return part;
    }

    private string NameOf(int tensor) => tensor < _inputs.Count ? _inputs[tensor] : _model.Taps[tensor - _inputs.Count].Tensor;

    /// <summary>The input by which a sample holds NaN or infinity itself: named rather than the first observed tensor that it
    /// reached.</summary>
    private string? Blamed(Sample sample)
    {
        foreach ((string input, TensorValue value) in sample.Inputs)
        {
            if (FloatValues.Supports(value.Type) && HasNonFinite(_floats.Read(value.Type, value.Data.Span)))
                return input;
        }

        return null;
    }

    private static QuantizationException BrokenSample(string input, Sample sample) =>
        new(
            $"Tensor '{input}' holds NaN or infinity for sample '{sample.Name}': the data themselves do. Repair the sample or leave it out."
        );

    private static QuantizationException NonFinite(string tensor, Sample sample) =>
        new(
            $"Tensor '{tensor}' holds NaN or infinity for sample '{sample.Name}': it has no range. Check that the original model gives "
                + $"sound results for this sample, or leave the sample out."
        );

    internal static bool HasNonFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return true;
        }

        return false;
    }
}
