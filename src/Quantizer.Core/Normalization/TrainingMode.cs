using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Whether a model was exported as it is trained: it normalizes by the batch at hand, or drops values at random.</summary>
internal static class TrainingMode
{
    /// <summary>The operators that do so, by name, each once.</summary>
    public static IReadOnlyList<string> OperatorsIn(Graph graph)
    {
        GraphIndex index = new(graph);
        return [.. graph.Nodes.Where(node => IsTraining(node, index)).Select(node => node.OpType).Distinct().Order()];
    }

    private static bool IsTraining(Node node, GraphIndex index) =>
        (node.Is("BatchNormalization") && node.IntAttribute("training_mode", 0) != 0)
        || (node.Is("Dropout") && Dropouts.Drops(node, index) == true);
}
