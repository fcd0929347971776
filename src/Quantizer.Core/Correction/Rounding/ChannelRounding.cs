using System.Numerics.Tensors;
using Quantizer.Schemes;

namespace Quantizer.Correction.Rounding;

/// <summary>The weights of one output channel while they are rounded, one after the other.</summary>
/// <param name="weights">Become steps of the scale, as floats.</param>
/// <param name="partners">The weight beside which each must fit; empty where all fit.</param>
internal sealed class ChannelRounding(float[] weights, float scale, QuantizationScheme scheme, int[] partners)
{
    /// <summary>What those that are rounded want of the others, in the order of rounding.</summary>
    private readonly double[] _wanted = new double[weights.Length];

    /// <summary>Of those that are rounded.</summary>
    private readonly double[] _integers = new double[partners.Length];

    /// <param name="at">The weight.</param>
    /// <param name="row">Its row of the factor: its own entry last, before it those of the weights that are still to be rounded.</param>
    public void Round(int at, double[] row)
    {
        int left = row.Length - 1;
        double weight = weights[at],
            steps = Math.Round((weight + _wanted[left] / row[left]) / scale, MidpointRounding.ToEven);
        steps = Math.Clamp(steps, scheme.QuantizedMin, scheme.QuantizedMax);
        if (partners.Length > 0 && partners[at] is >= 0 and int partner)
        {
            double beside = _integers[partner];
            _integers[at] = steps = Math.Clamp(
                steps,
                -ProductPairs.LargestSum - Math.Min(beside, 0),
                ProductPairs.LargestSum - Math.Max(beside, 0)
            );
        }
        float rounded = (float)steps * scale;
        Span<double> others = _wanted.AsSpan(0, left);
        TensorPrimitives.MultiplyAdd(row.AsSpan(0, left), weight - rounded, others, others);
        weights[at] = rounded;
    }
}
