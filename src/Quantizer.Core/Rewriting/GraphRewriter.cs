using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract.Edits;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>Writes a plan into a copy of the graph. The only place that edits a graph after normalization; it computes no scale.</summary>
internal static class GraphRewriter
{
    public static QuantizedModel Rewrite(PlacedModel placed, QuantizationPlan plan) => new(plan, Rewrite(placed.Lowered.Model, plan));

    /// <param name="rounded">Weights that were rounded for other plans of the same model; null where this is the only one.</param>
    public static OnnxModel Rewrite(OnnxModel model, QuantizationPlan plan, RoundedWeights? rounded = null)
    {
        OnnxModel quantized = ModelCopy.Of(model);
        Graph graph = quantized.Graph;
        foreach (FloatBias bias in plan.FloatBiases)
            WriteBias(graph, bias);
        NameSource names = new(graph);
        foreach (GraphChange change in plan.Sites.Edits.Changes)
            change.Apply(graph, names.New);
        ReaderRedirection edits = new(graph);
        List<Node> constants = [];
        rounded ??= new RoundedWeights();
        ConstantWriter writer = new(graph, names, constants, rounded);
        foreach (WeightPlan weights in plan.Weights)
            writer.WriteWeights(weights, edits);
        foreach (ConstantSite constant in plan.Sites.Constants)
            edits.Redirect(constant.Node, constant.Input, writer.WriteConstant(constant.Tensor, plan.Constants[constant.Tensor]));
        Dictionary<string, List<Node>> behind = new ActivationWriter(graph, names, edits).Write(plan);
        new DynamicWriter(quantized, names, rounded).Write(plan.Dynamic);
        constants.AddRange(new StoredWriter(graph, names, rounded).Write(plan.Stored));
        Arrange(graph, constants, behind);
        ProductWriter.Write(quantized, plan.Weights);
        RemoveUnusedConstants(graph);
        graph.Nodes.InsertRange(0, SharedConstants.Write(graph, names));
        graph.Nodes.InsertRange(0, UniformConstants.Write(graph, names));
        graph.Nodes.InsertRange(0, HalfConstants.Write(graph, names));
        NearConstants.Move(graph, names);
        DropTraces(graph);
        quantized.ProducerName = ToolVersion.Name;
        quantized.ProducerVersion = ToolVersion.Text;
        return quantized;
    }

    private static void WriteBias(Graph graph, FloatBias bias)
    {
        int at = graph.Initializers.FindIndex(tensor => tensor.Name == bias.Tensor);
        graph.Initializers[at] = Tensor.FromFloats(bias.Tensor, [.. graph.Initializers[at].Dimensions], [.. bias.Values]);
    }

    /// <summary>Puts the new nodes into topological order: constants first, each pair right behind what it quantizes.</summary>
    private static void Arrange(Graph graph, List<Node> constants, Dictionary<string, List<Node>> behind)
    {
        List<Node> arranged = [.. constants];
        foreach (ValueInfo input in graph.Inputs)
        {
            if (behind.TryGetValue(input.Name, out List<Node>? added))
                arranged.AddRange(added);
        }

        foreach (Node node in graph.Nodes)
        {
            arranged.Add(node);
            foreach (string output in node.Outputs)
            {
                if (behind.TryGetValue(output, out List<Node>? added))
                    arranged.AddRange(added);
            }
        }
        graph.Nodes.Clear();
        graph.Nodes.AddRange(arranged);
    }

    /// <summary>Exporters write where in the program each node comes from: two thirds of the file of a small network.</summary>
    private static void DropTraces(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            node.DocString = "";
            foreach (Graph body in node.Subgraphs)
                DropTraces(body);
        }
    }

    private static void RemoveUnusedConstants(Graph graph)
    {
        HashSet<string> read = [.. graph.Nodes.SelectMany(GraphIndex.ReadBy), .. graph.Outputs.Select(output => output.Name)];
        graph.Initializers.RemoveAll(tensor => !read.Contains(tensor.Name));
    }
}
