using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>Weights in blocks of unsigned integers of 4 bits, rounded half to even as QuantizeLinear does.</summary>
internal static class PackedBlocks
{
    /// <summary>[summed, columns], whichever way round the weights lie.</summary>
    public static Tensor Of(string name, Tensor weights, StoredPlan plan, Blocks blocks)
    {
        ReadOnlySpan<float> values = weights.Values<float>();
        int columns = (int)weights.Dimensions[1 - blocks.Axis],
            summed = (int)weights.Dimensions[blocks.Axis];
        byte[] integers = new byte[values.Length];
        for (int at = 0; at < integers.Length; at++)
        {
            (int row, int column) = (at / columns, at % columns);
            int block = row / Blocks.Size * columns + column;
            float value = values[blocks.Axis == 0 ? at : column * summed + row];
            float steps = MathF.Round(value / plan.Scales[block], MidpointRounding.ToEven);
            integers[at] = (byte)Math.Clamp(steps + plan.ZeroPoints[block], 0, Blocks.Highest);
        }
        return new Tensor(name, ElementType.UInt4, [summed, columns], Pack(integers));
    }

    /// <summary>Two in a byte, the first in its lower half.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> integers)
    {
        byte[] packed = new byte[(integers.Length + 1) / 2];
        for (int i = 0; i < integers.Length; i++)
            packed[i / 2] |= (byte)(integers[i] << (i % 2 * 4));
        return packed;
    }
}
