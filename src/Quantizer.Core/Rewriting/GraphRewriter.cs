using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;

namespace Quantizer.Rewriting;

/// <summary>Writes a plan into a copy of the graph. The only place that edits a graph after normalization; it computes no scale.</summary>
public static class GraphRewriter
{
    /// <param name="rounded">Weights that were rounded for other plans of the same model; null where this is the only one.</param>
    public static OnnxModel Rewrite(OnnxModel model, QuantizationPlan plan, RoundedWeights? rounded = null)
    {
        OnnxModel quantized = ModelCopy.Of(model);
        Graph graph = quantized.Graph;
        if (plan.Sites.PoolSwaps.Count > 0) MovePoolsBeforeClamps(graph, plan.Sites.PoolSwaps);
        NameSource names = new(graph);
        if (plan.Sites.Barriers.Count > 0) PutSumsBehind(graph, plan.Sites.Barriers, names);
        ReaderEdits edits = new(graph);
        List<Node> constants = [];
        ConstantWriter writer = new(graph, names, constants, rounded ?? new RoundedWeights());
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
    private static void MovePoolsBeforeClamps(Graph graph, IReadOnlyList<PoolSwap> swaps)
    {
        Dictionary<string, int> places = [];
        for (int i = 0; i < graph.Nodes.Count; i++) places[graph.Nodes[i].Name] = i;
        HashSet<string> changed = [];
        foreach (PoolSwap swap in swaps)
        {
            int clampAt = places[swap.Clamp], poolAt = places[swap.Pool];
            Node clamp = graph.Nodes[clampAt], pool = graph.Nodes[poolAt];
            (clamp.Outputs[0], pool.Outputs[0]) = (pool.Outputs[0], clamp.Outputs[0]);
            (pool.Inputs[0], clamp.Inputs[0]) = (clamp.Inputs[0], pool.Outputs[0]);
            (graph.Nodes[clampAt], graph.Nodes[poolAt]) = (pool, clamp);
            (places[swap.Clamp], places[swap.Pool]) = (poolAt, clampAt);
            changed.Add(pool.Outputs[0]);
        }
        // The tensors between them now hold other values than notes on them may say.
        graph.ValueInfos.RemoveAll(info => changed.Contains(info.Name));
    }

    private static void PutSumsBehind(Graph graph, IReadOnlyList<FloatBarrier> barriers, NameSource names)
    {
        Dictionary<string, Node> makers = [];
        foreach (Node node in graph.Nodes)
            foreach (string output in node.Outputs) makers[output] = node;
        Dictionary<Node, List<Node>> behind = [];
        foreach (FloatBarrier barrier in barriers)
        {
            Node maker = makers[barrier.Tensor];
            string made = names.New($"{barrier.Tensor}_before_Sum");
            maker.Outputs[maker.Outputs.IndexOf(barrier.Tensor)] = made;
            if (!behind.TryGetValue(maker, out List<Node>? sums)) behind[maker] = sums = [];
            // The last one made stands first.
            sums.Insert(0, new Node("Sum", [made], [barrier.Tensor], names.New($"{barrier.Tensor}_Sum")));
        }
        List<Node> nodes = [.. graph.Nodes.SelectMany(node => (IEnumerable<Node>)[node, .. behind.GetValueOrDefault(node, [])])];
        graph.Nodes.Clear();
        graph.Nodes.AddRange(nodes);
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
