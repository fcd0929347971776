using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// 1. x + x * g, where g has one value per channel, becomes x * (1 + g): one pass over x, and one rounding, fewer.
/// 2. Kept where g is not known to have a single position, and where the product is read elsewhere too.
/// </summary>
internal static class ResidualGates
{
    private const int FirstSpatial = 2;

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node sum in context.Graph.Nodes.Where(node => node.Is("Add")).ToArray())
        {
            foreach (string product in sum.Inputs.Distinct())
                changed |= TryReplace(context, sum, product);
        }

        return changed;
    }

    private static bool TryReplace(LoweringContext context, Node sum, string product)
    {
        if (context.Index.ProducerOf(product) is not { } multiplied || !multiplied.Is("Mul"))
            return false;
        if (context.Index.IsOutput(product) || context.Index.ReadersOf(product).Count != 1)
            return false;
        string x = sum.Inputs[sum.Inputs[0] == product ? 1 : 0];
        if (!multiplied.Inputs.Contains(x))
            return false;
        string gate = multiplied.Inputs[multiplied.Inputs[0] == x ? 1 : 0];
        if (gate == x || !HasOnePosition(context, gate) || context.RankOf(gate) != context.RankOf(x))
            return false;
        string one = context.AddConstant(Tensor.FromFloats($"{sum.Name}_one", [], [1f]));
        string factor = context.Unused($"{product}_and_one");
        context.Replace([multiplied], new Node("Add", [gate, one], [factor], multiplied.Name));
        context.Replace([sum], new Node("Mul", [x, factor], sum.Outputs, sum.Name));
        return true;
    }

    private static bool HasOnePosition(LoweringContext context, string tensor) =>
        context.RankOf(tensor) is > FirstSpatial and { } rank
        && Enumerable.Range(FirstSpatial, rank - FirstSpatial).All(axis => context.SizeOf(tensor, axis) == 1);
}
