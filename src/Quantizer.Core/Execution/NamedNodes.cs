using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Gives every node a name of its own, so that kernels can be told apart.</summary>
internal static class NamedNodes
{
    public static OnnxModel In(OnnxModel model)
    {
        OnnxModel copy = ModelCopy.Of(model);
        Graph graph = copy.Graph;
        HashSet<string> taken = [];
        Node[] nodes = [.. graph.Nodes, .. graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(body => body.EveryNode)];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            if (node.Name.Length > 0 && taken.Add(node.Name))
                continue;
            node.Name = $"{node.OpType}_{i}";
            while (!taken.Add(node.Name))
                node.Name += "_";
        }
        return copy;
    }
}
