using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Pipeline.Reports;

/// <summary>Models that were exported as they are trained: they normalize by the batch at hand and drop values at random.</summary>
internal static class TrainingModeFindings
{
    public static IEnumerable<Finding> Of(Graph graph)
    {
        GraphIndex index = new(graph);
        string[] operators = [.. graph.Nodes.Where(node => IsTraining(node, index)).Select(node => node.OpType).Distinct().Order()];
        if (operators.Length == 0)
            return [];
        return
        [
            FindingKind.TrainingMode.Of(
                "model",
                $"It was exported in training mode ({string.Join(", ", operators)}): its answers depend on the batch, or on chance.",
                "Export it for inference: in PyTorch call model.eval() first."
            ),
        ];
    }

    private static bool IsTraining(Node node, GraphIndex index) =>
        (node.Is("BatchNormalization") && node.IntAttribute("training_mode", 0) != 0)
        || (node.Is("Dropout") && Dropouts.Drops(node, index) == true);
}
