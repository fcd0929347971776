using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;

namespace Quantizer.Rewriting;

/// <summary>Writes a plan into a copy of the graph. The only place that edits a graph after normalization; it computes no scale.</summary>
public static class GraphRewriter
{
    public static OnnxModel Rewrite(OnnxModel model, QuantizationPlan plan)
    {
        OnnxModel quantized = ModelCopy.Of(model);
        Graph graph = quantized.Graph;
        foreach (PoolSwap swap in plan.Sites.PoolSwaps) MovePoolBeforeClamp(graph, swap);
        NameSource names = new(graph);
        foreach (FloatBarrier barrier in plan.Sites.Barriers) PutSumBehind(graph, barrier.Tensor, names);
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
    private static void MovePoolBeforeClamp(Graph graph, PoolSwap swap)
    {
        Node clamp = graph.Nodes.First(node => node.Name == swap.Clamp), pool = graph.Nodes.First(node => node.Name == swap.Pool);
        (clamp.Outputs[0], pool.Outputs[0]) = (pool.Outputs[0], clamp.Outputs[0]);
        (pool.Inputs[0], clamp.Inputs[0]) = (clamp.Inputs[0], pool.Outputs[0]);
        int clampAt = graph.Nodes.IndexOf(clamp), poolAt = graph.Nodes.IndexOf(pool);
        (graph.Nodes[clampAt], graph.Nodes[poolAt]) = (pool, clamp);
        // The tensor between them now holds other values than a note on it may say.
        graph.ValueInfos.RemoveAll(info => info.Name == pool.Outputs[0]);
    }

    private static void PutSumBehind(Graph graph, string tensor, NameSource names)
    {
        int makerAt = graph.Nodes.FindIndex(node => node.Outputs.Contains(tensor));
        Node maker = graph.Nodes[makerAt];
        string made = names.New($"{tensor}_before_Sum");
        maker.Outputs[maker.Outputs.IndexOf(tensor)] = made;
        graph.Nodes.Insert(makerAt + 1, new Node("Sum", [made], [tensor], names.New($"{tensor}_Sum")));
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
