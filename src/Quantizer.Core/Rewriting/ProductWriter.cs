using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>Writes a product of dequantized values and the Add of its bias as MatMulIntegerToFloat, ONNX Runtime's own, which does both in
/// one pass. Between operators of the standard set ONNX Runtime joins the two only where all sizes are known.</summary>
internal sealed class ProductWriter
{
    private readonly Graph _graph;
    private readonly Dictionary<string, Node> _byName;
    private readonly Dictionary<string, Node> _makers = [];

    private ProductWriter(Graph graph)
    {
        _graph = graph;
        _byName = graph.Nodes.ToDictionary(node => node.Name);
        foreach (Node node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
                _makers[output] = node;
        }
    }

    /// <param name="model">With pairs of QuantizeLinear and DequantizeLinear, its nodes in order.</param>
    public static void Write(OnnxModel model, IEnumerable<WeightPlan> plans)
    {
        WeightSite[] sites = [.. plans.Select(plan => plan.Site).Where(site => site.Bias is { IsInProduct: true })];
        if (sites.Length == 0)
            return;
        MicrosoftOperators.Import(model);
        new ProductWriter(model.Graph).Write(sites);
    }

    private void Write(IEnumerable<WeightSite> sites)
    {
        Dictionary<Node, Node> joined = [];
        HashSet<Node> removed = [];
        foreach (WeightSite site in sites)
        {
            Node product = _byName[site.Node],
                add = _byName[site.Bias!.Node],
                activation = _makers[product.Inputs[0]],
                weights = _makers[product.Inputs[site.Input]];
            joined[product] = new Node(
                "MatMulIntegerToFloat",
                // The zero points of weights are zero, which is what an input that is left out means.
                [
                    activation.Inputs[0],
                    weights.Inputs[0],
                    activation.Inputs[1],
                    weights.Inputs[1],
                    activation.Inputs[2],
                    "",
                    add.Inputs[site.Bias.Input],
                ],
                add.Outputs,
                product.Name,
                MicrosoftOperators.Domain
            );
            removed.Add(add);
            removed.UnionWith([activation, weights]);
        }
        Node[] nodes = [.. _graph.Nodes.Select(node => joined.GetValueOrDefault(node, node))];
        HashSet<string> read =
        [
            .. nodes.Where(node => !removed.Contains(node)).SelectMany(GraphIndex.ReadBy),
            .. _graph.Outputs.Select(output => output.Name),
        ];
        // Of what was dequantized others may read, too.
        _graph.Nodes.Clear();
        _graph.Nodes.AddRange(nodes.Where(node => !removed.Contains(node) || IsReadElsewhere(node)));

        bool IsReadElsewhere(Node node) => node.Is("DequantizeLinear") && read.Contains(node.Outputs[0]);
    }
}
