using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>Gives new tensors and nodes names that nothing in the graph has.</summary>
internal sealed class NameSource
{
    private readonly HashSet<string> _taken;

    public NameSource(Graph graph) => _taken = [.. NamesIn(graph)];

    /// <summary><paramref name="wish"/> itself, or with the first number behind it that makes it free.</summary>
    public string New(string wish)
    {
        string name = wish;
        for (int number = 2; !_taken.Add(name); number++)
            name = $"{wish}_{number}";
        return name;
    }

    /// <summary>With those of subgraphs, which may not repeat a name of the graph around them.</summary>
    private static IEnumerable<string> NamesIn(Graph graph) =>
        [
            .. graph.Initializers.Select(tensor => tensor.Name),
            .. graph.Inputs.Select(input => input.Name),
            .. graph.Nodes.Select(node => node.Name),
            .. graph.Nodes.SelectMany(node => node.Outputs),
            .. graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(NamesIn),
        ];
}
