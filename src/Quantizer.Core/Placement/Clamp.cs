using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Placement;

/// <summary>Relu and Clip as intervals.</summary>
internal static class Clamp
{
    /// <summary>The interval that a Relu or Clip confines its input to; null for other operators and bounds that are not
    /// constant.</summary>
    public static ValueRange? BoundOf(Node node, GraphIndex index)
    {
        if (node.Is("Relu"))
            return new ValueRange(0f, float.PositiveInfinity);
        if (!node.Is("Clip"))
            return null;
        if (
            !TryBound(node, 1, index, float.NegativeInfinity, out float min)
            || !TryBound(node, 2, index, float.PositiveInfinity, out float max)
        )
        {
            return null;
        }

        return new ValueRange(min, max);
    }

    private static bool TryBound(Node node, int input, GraphIndex index, float absent, out float bound)
    {
        bound = absent;
        if (input >= node.Inputs.Count || node.Inputs[input].Length == 0)
            return true;
        if (index.ConstantOf(node.Inputs[input]) is not { Type: ElementType.Float, ElementCount: 1 } constant)
            return false;
        bound = constant.Values<float>()[0];
        return true;
    }
}
