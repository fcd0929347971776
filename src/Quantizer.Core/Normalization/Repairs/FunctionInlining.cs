using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Normalization.Repairs;

/// <summary>
/// Calls of model-local functions become the functions' nodes, so that these are seen by all that follows.
/// 1. Calls inside subgraphs and inside other functions, too.
/// 2. The model gets the operator sets that the functions import, and loses the domains that only functions were of.
/// 3. Where function and model import different versions of a set, ONNX Runtime has checked that its operators are the same in both.
/// </summary>
internal static class FunctionInlining
{
    /// <exception cref="QuantizationException">A function calls itself.</exception>
    public static bool Apply(GraphEdit edit)
    {
        IReadOnlyList<ModelFunction> functions = FunctionReader.Take(edit.Model);
        if (functions.Count == 0)
            return false;
        FunctionExpansion expansion = new(functions, edit);
        expansion.Expand(edit.Graph);
        Import(functions, edit);
        edit.Edited();
        edit.Note($"{expansion.Calls} calls of {functions.Count} functions were replaced by the functions' nodes");
        return true;
    }

    private static void Import(IReadOnlyList<ModelFunction> functions, GraphEdit edit)
    {
        List<OperatorSet> sets = edit.Model.OperatorSets;
        foreach (OperatorSet set in functions.SelectMany(function => function.OperatorSets))
        {
            if (!sets.Exists(present => present.Domain == set.Domain))
                sets.Add(set);
        }
        HashSet<string> used = [.. DomainsOf(edit.Graph)];
        foreach (string domain in functions.Select(function => function.Domain).Where(domain => domain.Length > 0))
        {
            if (!used.Contains(domain))
                sets.RemoveAll(set => set.Domain == domain);
        }
    }

    private static IEnumerable<string> DomainsOf(Graph graph) =>
        graph.Nodes.SelectMany(node => node.Subgraphs.SelectMany(DomainsOf).Prepend(node.Domain));
}
