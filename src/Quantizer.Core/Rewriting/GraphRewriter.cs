using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges;

namespace Quantizer.Rewriting;

/// <summary>Writes a plan into a copy of the graph. The only place that edits a graph after normalization; it computes no scale.</summary>
public static class GraphRewriter
{
    public static OnnxModel Rewrite(OnnxModel model, QuantizationPlan plan)
    {
        OnnxModel quantized = ModelCopy.Of(model);
        Graph graph = quantized.Graph;
        foreach (PoolSwap swap in plan.Sites.PoolSwaps) MovePoolBeforeRelu(graph, swap);
        NameSource names = new(graph);
        ReaderEdits edits = new(graph);
        List<Node> constants = [];
        ConstantWriter writer = new(graph, names, constants);
        foreach (WeightPlan weights in plan.Weights) writer.WriteWeights(weights, edits);
        foreach (ConstantSite constant in plan.Sites.Constants)
            edits.Redirect(constant.Node, constant.Input, writer.WriteConstant(constant.Tensor, plan.Constants[constant.Tensor]));
        Dictionary<string, List<Node>> behind = new ActivationWriter(graph, names, edits).Write(plan);
        Arrange(graph, constants, behind);
        RemoveUnusedConstants(graph);
        quantized.ProducerName = ToolVersion.Name;
        quantized.ProducerVersion = ToolVersion.Text;
        return quantized;
    }

    /// <summary>x -> Relu -> a -> MaxPool -> b becomes x -> MaxPool -> a -> Relu -> b: the maximum of clamped values is the clamped maximum.</summary>
    private static void MovePoolBeforeRelu(Graph graph, PoolSwap swap)
    {
        Node relu = graph.Nodes.First(node => node.Name == swap.Relu), pool = graph.Nodes.First(node => node.Name == swap.Pool);
        (relu.Outputs[0], pool.Outputs[0]) = (pool.Outputs[0], relu.Outputs[0]);
        (pool.Inputs[0], relu.Inputs[0]) = (relu.Inputs[0], pool.Outputs[0]);
        int reluAt = graph.Nodes.IndexOf(relu), poolAt = graph.Nodes.IndexOf(pool);
        (graph.Nodes[reluAt], graph.Nodes[poolAt]) = (pool, relu);
        // The tensor between them now holds other values than a note on it may say.
        graph.ValueInfos.RemoveAll(info => info.Name == pool.Outputs[0]);
    }

    /// <summary>Puts the new nodes into topological order: constants first, each pair right behind what it quantizes.</summary>
    private static void Arrange(Graph graph, List<Node> constants, Dictionary<string, List<Node>> behind)
    {
        List<Node> arranged = [.. constants];
        foreach (ValueInfo input in graph.Inputs)
            if (behind.TryGetValue(input.Name, out List<Node>? added)) arranged.AddRange(added);
        foreach (Node node in graph.Nodes)
        {
            arranged.Add(node);
            foreach (string output in node.Outputs)
                if (behind.TryGetValue(output, out List<Node>? added)) arranged.AddRange(added);
        }
        graph.Nodes.Clear();
        graph.Nodes.AddRange(arranged);
    }

    private static void RemoveUnusedConstants(Graph graph)
    {
        HashSet<string> read = [.. graph.Nodes.SelectMany(GraphIndex.ReadBy), .. graph.Outputs.Select(output => output.Name)];
        graph.Initializers.RemoveAll(tensor => !read.Contains(tensor.Name));
    }
}
