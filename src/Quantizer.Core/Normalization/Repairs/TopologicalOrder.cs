using Quantizer.Graphs;

namespace Quantizer.Normalization.Repairs;

/// <summary>
/// Nodes stand behind those whose outputs they read, as ONNX demands and ONNX Runtime does not need.
/// 1. Each node comes as early as its file has it, right behind what it reads: a sorted graph stays as it is.
/// 2. So do the nodes inside subgraphs, at any depth.
/// 3. A cycle is kept; ONNX Runtime refuses it.
/// </summary>
internal static class TopologicalOrder
{
    public static bool Apply(GraphEdit edit)
    {
        int sorted = Sort(edit.Graph);
        if (sorted == 0)
            return false;
        edit.Edited();
        edit.Note($"the nodes of {sorted} graphs were sorted");
        return true;
    }

    /// <summary>How many graphs, this one and those inside it, were not sorted.</summary>
    private static int Sort(Graph graph)
    {
        // Innermost first: what a node with a subgraph reads from outside is known of a sorted subgraph only.
        int sorted = graph.Nodes.SelectMany(node => node.Subgraphs).Sum(Sort);
        List<Node> order = OrderOf(graph);
        if (order.SequenceEqual(graph.Nodes))
            return sorted;
        graph.Nodes.Clear();
        graph.Nodes.AddRange(order);
        return sorted + 1;
    }

    private static List<Node> OrderOf(Graph graph)
    {
        Dictionary<string, Node> producers = [];
        foreach (Node node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
                producers[output] = node;
        }
        List<Node> order = new(graph.Nodes.Count);
        HashSet<Node> begun = [];
        // Deep graphs would overflow the call stack.
        Stack<(Node Node, bool IsReady)> open = new();
        foreach (Node node in graph.Nodes)
        {
            open.Push((node, false));
            while (open.TryPop(out (Node Node, bool IsReady) next))
            {
                if (next.IsReady)
                {
                    order.Add(next.Node);
                    continue;
                }
                if (!begun.Add(next.Node))
                    continue;
                open.Push((next.Node, true));
                foreach (string input in GraphIndex.ReadBy(next.Node).Reverse())
                {
                    if (producers.TryGetValue(input, out Node? producer) && !begun.Contains(producer))
                        open.Push((producer, false));
                }
            }
        }
        return order;
    }
}
