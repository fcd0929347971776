using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Calibration;

/// <summary>Counts what a run left in the observed tensors. Not thread-safe: one per worker.</summary>
internal sealed class ActivationCounter
{
    private readonly IReadOnlyList<string> _inputs;
    private readonly ILookup<string, (Tap Tap, int Order)> _taps;
    private readonly Dictionary<string, TensorStatistics> _statistics = [];
    private readonly FloatValues _floats = new();
    private readonly bool _sampled;

    /// <param name="inputs">Observed inputs of the graph: their values are the samples' own.</param>
    /// <param name="sampled">Count every ninth vector of the small values.</param>
    public ActivationCounter(TappedModel model, IReadOnlyList<string> inputs, bool sampled)
    {
        _inputs = inputs;
        _sampled = sampled;
        _taps = model.Taps.Select((tap, order) => (tap, order)).ToLookup(tap => tap.tap.Output);
        foreach (string tensor in inputs.Concat(model.Taps.Select(tap => tap.Tensor))) _statistics[tensor] = new TensorStatistics();
    }

    public IReadOnlyDictionary<string, TensorStatistics> Statistics => _statistics;

    /// <exception cref="QuantizationException">A tensor holds NaN or infinities; the first sample and its first tensor are named.</exception>
    public void Count(BoundRun run, SampleBatch batch)
    {
        // Outputs come one after the other, each with all samples; what is reported must not depend on the batch.
        (int Sample, int Order, string Tensor) worst = (int.MaxValue, int.MaxValue, "");
        void Add(int sample, int order, string tensor, long? channels, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
        {
            TensorStatistics statistics = _statistics[tensor];
            long nonFinite = statistics.NonFinite;
            if (_sampled) statistics.AddSampled(values);
            else statistics.Add(values);
            if (channels is { } real) statistics.RemoveZeros(values.Length - (values.Length / shape[1] * real));
            if (statistics.NonFinite > nonFinite && (sample, order).CompareTo((worst.Sample, worst.Order)) < 0) worst = (sample, order, tensor);
        }

        CountInputs(batch, (sample, order, tensor, value) => Add(sample, order, tensor, null, value.Shape, _floats.Read(value.Type, value.Data.Span)));
        run.Visit((output, type, shape, data) =>
        {
            ReadOnlySpan<float> values = _floats.Read(type, data);
            foreach ((Tap tap, int order) in _taps[output])
            {
                int parts = values.Length % batch.Size == 0 ? batch.Size : 1;
                int length = values.Length / parts;
                for (int i = 0; i < Math.Min(parts, batch.Samples.Count); i++)
                    Add(i, _inputs.Count + order, tap.Tensor, tap.Channels, shape, values.Slice(i * length, length));
            }
        });
        if (worst.Tensor.Length > 0) throw NonFinite(worst.Tensor, batch.Samples[worst.Sample].Sample);
    }

    /// <summary>
    /// Whether, in a batch filled up with its last sample, the repetitions lie behind the samples in every tensor: then
    /// they can be left out of the count.
    /// </summary>
    public bool RepeatsOnlyShowAtTheEnd(BoundRun run, SampleBatch batch)
    {
        bool repeats = true;
        run.Visit((_, _, _, data) =>
        {
            if (data.Length % batch.Size != 0)
            {
                repeats = false;
                return;
            }
            int length = data.Length / batch.Size;
            ReadOnlySpan<byte> last = data.Slice((batch.Samples.Count - 1) * length, length);
            for (int i = batch.Samples.Count; i < batch.Size; i++) repeats &= data.Slice(i * length, length).SequenceEqual(last);
        });
        return repeats;
    }

    private void CountInputs(SampleBatch batch, Action<int, int, string, TensorValue> add)
    {
        for (int sample = 0; sample < batch.Samples.Count; sample++)
            for (int order = 0; order < _inputs.Count; order++)
                add(sample, order, _inputs[order], batch.Samples[sample].Sample.Inputs[_inputs[order]]);
    }

    /// <summary>What a sample holds itself is named rather than the first observed tensor that it reached.</summary>
    private QuantizationException NonFinite(string tensor, Sample sample)
    {
        foreach ((string input, TensorValue value) in sample.Inputs)
            if (FloatValues.Supports(value.Type) && HasNonFinite(_floats.Read(value.Type, value.Data.Span)))
                return new QuantizationException($"Tensor '{input}' holds NaN or infinity for sample '{sample.Name}': the data themselves do. Repair the sample or leave it out.");
        return new QuantizationException(
            $"Tensor '{tensor}' holds NaN or infinity for sample '{sample.Name}': it has no range. Check that the original model gives sound results for this sample, or leave the sample out.");
    }

    private static bool HasNonFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value)) return true;
        return false;
    }
}
