using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Pipeline.Reports;

/// <summary>Weights that make a model's results worthless, found before any data is blamed for it.</summary>
internal static class UnsoundWeights
{
    /// <exception cref="QuantizationException">There is one.</exception>
    public static void Refuse(Graph graph)
    {
        if (In(graph).FirstOrDefault() is { } unsound)
            throw new QuantizationException($"{unsound.Message} {unsound.Remedy}");
    }

    /// <summary>One for each constant with NaN that a convolution or product reads. Infinities can be meant, in a bias or mask.</summary>
    public static IEnumerable<Finding> In(Graph graph)
    {
        GraphIndex index = new(graph);
        foreach (Node node in graph.Nodes.Where(WorkTable.Asks))
        {
            foreach (Tensor constant in node.Inputs.Select(index.ConstantOf).OfType<Tensor>())
            {
                if (constant.Type == ElementType.Float && HasNaN(constant.Values<float>()))
                {
                    yield return FindingKind.WeightsNotANumber.Of(
                        node.Name,
                        $"Node '{node.Name}' ({node.OpType}): its constant '{constant.Name}' holds NaN, so its results are NaN for every "
                            + $"sample.",
                        "Train or export the model anew, or repair the constant."
                    );
                }
            }
        }
    }

    private static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }

        return false;
    }
}
