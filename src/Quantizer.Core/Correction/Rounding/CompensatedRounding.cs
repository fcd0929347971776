using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>
/// Rounds the weights of a layer so that its outputs change least, not the weights: what rounding one weight does is made up for by those
/// that are rounded after it. From Frantar et al., GPTQ (2022), as the nearest plane in the lattice of the rounded weights.
/// </summary>
internal static class CompensatedRounding
{
    /// <summary>Of the mean square of the inputs, added to each: what a few places did not show might still come.</summary>
    private const double Damping = 0.01;

    /// <summary>Of several groups.</summary>
    private const long MostMomentBytes = 4L << 20;

    /// <summary>Channels that go through the factor together: it is larger than what a core has at hand.</summary>
    private const int ChannelsAtOnce = 8;

    /// <returns>The weights in the layer's steps, as floats; null where the inputs tell nothing.</returns>
    public static Graphs.Tensor? Of(CorrectedLayer layer, InputRows inputs, SampleWorkers workers, CancellationToken cancellation)
    {
        float[][] channels = WeightPlanner.Channels(layer.Weights, layer.Numbers.Axis);
        int each = channels.Length / layer.Groups,
            atOnce = GroupsAtOnce(layer.GroupWidth);
        SampleWorkers alone = new(1, cancellation);
        bool isAnyDone = false;
        for (int first = 0; first < layer.Groups; first += atOnce)
        {
            int from = first,
                count = Math.Min(atOnce, layer.Groups - first);
            double[][][] moments = SecondMoments.Of(
                inputs,
                from,
                count,
                layer.GroupWidth,
                // What all places have in common is the bias's.
                aroundMeans: layer.Bias is not null,
                workers
            );
            bool[] done = (count == 1 ? alone : workers).Map(
                count,
                i => TryRound(layer, moments[i], from + i, channels.AsMemory((from + i) * each, each), count == 1 ? workers : alone)
            );
            isAnyDone |= Array.Exists(done, isDone => isDone);
        }
        return isAnyDone ? Together(layer, channels) : null;
    }

    /// <summary>The groups whose moments are in memory together: their inputs are gone through once.</summary>
    private static int GroupsAtOnce(long width) => (int)Math.Max(1, MostMomentBytes / (sizeof(double) * width * width / 2));

    /// <summary>Where the moments are no use, a group's weights are rounded to the nearest.</summary>
    private static bool TryRound(CorrectedLayer layer, double[][] moments, int group, Memory<float[]> channels, SampleWorkers workers)
    {
        double mean = moments.Select((row, i) => row[i]).Average();
        int[] order = [.. Enumerable.Range(0, moments.Length).OrderBy(i => moments[i][i])];
        double[][] factor = Permuted(moments, order, Damping * mean);
        bool isUseful = mean > 0 && Cholesky.TryFactor(factor);
        int first = group * channels.Length;
        int[] partners = layer.Numbers.Scheme.Pairs?.Partners(moments.Length) ?? [];
        if (!isUseful)
            return false;
        workers.Run(
            (channels.Length + ChannelsAtOnce - 1) / ChannelsAtOnce,
            block =>
            {
                int from = block * ChannelsAtOnce;
                ChannelRounding[] some =
                [
                    .. Enumerable
                        .Range(from, Math.Min(ChannelsAtOnce, channels.Length - from))
                        .Select(i => new ChannelRounding(
                            channels.Span[i],
                            layer.Numbers.Scales[layer.Numbers.Scales.Count > 1 ? first + i : 0],
                            layer.Numbers.Scheme,
                            partners
                        )),
                ];
                // The weights that matter most are rounded first; those that matter least make up for all others.
                for (int i = factor.Length - 1; i >= 0; i--)
                {
                    foreach (ChannelRounding channel in some)
                        channel.Round(order[i], factor[i]);
                }
            }
        );
        return true;
    }

    private static double[][] Permuted(double[][] moments, int[] order, double damping)
    {
        double[][] permuted = new double[order.Length][];
        for (int i = 0; i < order.Length; i++)
        {
            double[] row = permuted[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
                row[j] = moments[Math.Max(order[i], order[j])][Math.Min(order[i], order[j])];
            row[i] += damping;
        }
        return permuted;
    }

    private static Graphs.Tensor Together(CorrectedLayer layer, float[][] channels)
    {
        IReadOnlyList<long> dimensions = layer.Weights.Dimensions;
        int axis = layer.Numbers.Axis,
            inner = (int)dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        float[] values = new float[layer.Weights.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            (int outer, int rest) = Math.DivRem(i, inner * channels.Length);
            values[i] = channels[rest / inner][outer * inner + rest % inner];
        }
        return Graphs.Tensor.FromFloats(layer.Rounded.Name, [.. dimensions], values);
    }
}
