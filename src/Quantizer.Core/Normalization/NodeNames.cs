using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Every node gets a name of its own, those inside the bodies of others behind all others.
/// 1. A nameless node is called OPTYPE_N, with the first N from 0 that clashes with nothing.
/// 2. Of nodes with the same name the first keeps it, the others get a suffix.
/// </summary>
internal static class NodeNames
{
    public static bool Apply(GraphEdit edit)
    {
        HashSet<string> seen = [];
        Dictionary<string, int> next = [];
        int named = 0;
        foreach (
            Node node in edit.Graph.Nodes.Concat(edit.Graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(body => body.EveryNode))
        )
        {
            if (node.Name.Length > 0 && seen.Add(node.Name))
                continue;
            if (node.Name.Length > 0)
                node.Name = edit.UniqueNodeName(node.Name);
            else
                node.Name = Numbered(node.OpType, edit, next);
            seen.Add(node.Name);
            named++;
        }
        if (named > 0)
            edit.Note($"{named} nodes without a name of their own were named");
        return named > 0;
    }

    private static string Numbered(string opType, GraphEdit edit, Dictionary<string, int> next)
    {
        while (true)
        {
            int number = next.GetValueOrDefault(opType);
            next[opType] = number + 1;
            string name = $"{opType}_{number}";
            if (edit.TakeNodeName(name))
                return name;
        }
    }
}
