using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;

namespace Quantizer.Rewriting;

/// <summary>Writes only the activations of a plan, and the constants that they are combined with; weights and biases stay FP32's.
/// What takes its ranges in each run is quantized and dequantized in front of its layer. A runtime that fuses what it finds would
/// quantize the weights, too: the model is one to be run as it is written.</summary>
internal static class ActivationsAlone
{
    /// <returns>Null where no activation becomes an integer, or some do so inside of kernels and bodies.</returns>
    public static OnnxModel? Of(OnnxModel model, QuantizationPlan plan)
    {
        HashSet<string> dynamic = [.. plan.Dynamic.Select(weights => weights.Site.Node)];
        Node[] read = [.. model.Graph.Nodes.Where(node => dynamic.Contains(node.Name) && !node.Is("LSTM"))];
        if (read.Length < dynamic.Count || plan.Sites.Activations.Count + dynamic.Count == 0)
            return null;
        QuantizationSites sites = plan.Sites with { Weights = [], Dynamic = [], Stored = [] };
        OnnxModel alone = GraphRewriter.Rewrite(model, plan with { Sites = sites, Weights = [], Dynamic = [], Stored = [] });
        Round(alone.Graph, dynamic);
        return alone;
    }

    private static void Round(Graph graph, HashSet<string> readers)
    {
        NameSource names = new(graph);
        Dictionary<string, string> rounded = [];
        List<Node> nodes = [];
        foreach (Node node in graph.Nodes)
        {
            if (readers.Contains(node.Name))
                node.Inputs[0] = Rounded(node.Inputs[0]);
            nodes.Add(node);
        }
        graph.Nodes.Clear();
        graph.Nodes.AddRange(nodes);

        string Rounded(string tensor)
        {
            if (rounded.TryGetValue(tensor, out string? known))
                return known;
            string[] made = [names.New($"{tensor}_quantized"), names.New($"{tensor}_scale"), names.New($"{tensor}_zero_point")];
            string value = names.New($"{tensor}_dequantized");
            nodes.Add(new Node("DynamicQuantizeLinear", [tensor], made, names.New($"{tensor}_DynamicQuantizeLinear")));
            nodes.Add(new Node("DequantizeLinear", made, [value], names.New($"{tensor}_DequantizeLinear")));
            return rounded[tensor] = value;
        }
    }
}
