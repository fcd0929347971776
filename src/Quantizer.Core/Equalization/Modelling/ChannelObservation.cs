using System.Runtime.InteropServices;
using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Running;
using Quantizer.Equalization.Channels;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Equalization.Modelling;

/// <summary>Runs the FP32 model over samples in memory and looks at the channels of its tensors.</summary>
internal static class ChannelObservation
{
    /// <summary>Samples whose parts are held at once; they are summed in their order, so that no thread shows.</summary>
    private const int SamplesAtOnce = 32;

    /// <param name="layouts">By tensor; those with one axis of channels at most.</param>
    /// <exception cref="QuantizationException">The model cannot be run.</exception>
    public static IReadOnlyDictionary<string, ChannelMoments> Of(
        OnnxModel model,
        IReadOnlyDictionary<string, ChannelLayout> layouts,
        IReadOnlyList<Sample> samples,
        SampleWorkers workers,
        CancellationToken cancellation
    )
    {
        HashSet<string> inputs = [.. model.Graph.Inputs.Select(input => input.Name)];
        using TappedModel tapped = TappedModel.Open(model, [.. layouts.Keys.Where(tensor => !inputs.Contains(tensor))], asOutputs: true);
        Dictionary<string, ChannelMoments> all = layouts.ToDictionary(tensor => tensor.Key, tensor => Empty(tensor.Value));
        TappedRun?[] runs = new TappedRun?[workers.Threads];
        try
        {
            for (int start = 0; start < samples.Count; start += SamplesAtOnce)
            {
                IReadOnlyDictionary<string, ChannelMoments>[] parts = new IReadOnlyDictionary<string, ChannelMoments>[
                    Math.Min(SamplesAtOnce, samples.Count - start)
                ];
                workers.Run(
                    parts.Length,
                    (worker, i) => parts[i] = OfOne(tapped, ref runs[worker], layouts, samples[start + i], cancellation)
                );
                foreach (IReadOnlyDictionary<string, ChannelMoments> part in parts)
                {
                    foreach ((string tensor, ChannelMoments moments) in part)
                        all[tensor].Merge(moments);
                }
            }
        }
        finally
        {
            foreach (TappedRun? run in runs)
                run?.Dispose();
        }
        return all;
    }

    private static IReadOnlyDictionary<string, ChannelMoments> OfOne(
        TappedModel model,
        ref TappedRun? run,
        IReadOnlyDictionary<string, ChannelLayout> layouts,
        Sample sample,
        CancellationToken cancellation
    )
    {
        SampleBatch batch = new([(0, sample)], Batching.For(model, wanted: 1, () => sample, cancellation).Size);
        if (run is not null && run.Fits(batch))
        {
            run.Fill(batch);
        }
        else
        {
            run?.Dispose();
            run = new TappedRun(model, batch);
        }
        Dictionary<string, ChannelMoments> moments = [];
        foreach ((string tensor, ChannelLayout layout) in layouts)
        {
            if (sample.Inputs.TryGetValue(tensor, out TensorValue? value) && value.Type == ElementType.Float)
                moments[tensor] = Of(layout, value.Shape, MemoryMarshal.Cast<byte, float>(value.Data.Span), sample.Mask);
        }
        if (model.Taps.Count > 0)
        {
            run.Run(
                (tap, shape, values) =>
                {
                    string tensor = model.Taps[tap].Tensor;
                    moments[tensor] = Of(layouts[tensor], shape.ToArray(), values, sample.Mask);
                },
                cancellation
            );
        }
        return moments;
    }

    private static ChannelMoments Of(ChannelLayout layout, IReadOnlyList<long> shape, ReadOnlySpan<float> values, PositionMask? mask)
    {
        ChannelMoments moments = Empty(layout);
        int inner = layout.Axis is { } axis ? (int)shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size) : values.Length;
        if (mask?.HasPositions([.. shape]) != true || mask.AxisOf(shape) is not { } positions || layout.Axis <= positions)
        {
            moments.Add(values, Math.Max(inner, 1));
            return moments;
        }
        int each = values.Length / mask.Length;
        foreach ((int start, int length) in mask.Stretches)
            moments.Add(values.Slice(start * each, length * each), layout.Axis is null ? length * each : inner);
        return moments;
    }

    private static ChannelMoments Empty(ChannelLayout layout) => new(layout.Variables.Count);
}
