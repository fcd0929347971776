using Quantizer.Graphs;

namespace Quantizer.Search;

/// <summary>
/// Finds outputs that are selected by values that quantization changes a little: the class with the highest score, boxes that
/// NonMaxSuppression keeps, a sorted list. Two plans give much the same of them, or one more box and all those behind it at another place;
/// what the selection reads tells of every sample which plan is better.
/// </summary>
internal sealed class Decisions
{
    /// <summary>Operators whose outputs hang on how values compare with each other, and not on how large they are.</summary>
    private static readonly HashSet<string> Selecting =
    [
        "ArgMax",
        "ArgMin",
        "Hardmax",
        "Multinomial",
        "NonMaxSuppression",
        "NonZero",
        "TopK",
    ];

    /// <summary>Operators that pick values of one input by the places that another one names.</summary>
    private static readonly HashSet<string> Picking = ["Compress", "Gather", "GatherElements", "GatherND"];

    /// <summary>Operators that make a few steps, or yes and no, of floats.</summary>
    private static readonly HashSet<string> Stepping =
    [
        "And",
        "Ceil",
        "Equal",
        "Floor",
        "Greater",
        "GreaterOrEqual",
        "Less",
        "LessOrEqual",
        "Not",
        "Or",
        "Round",
        "Sign",
    ];

    private static readonly HashSet<string> Multiplying = ["Conv", "ConvTranspose", "Einsum", "Gemm", "GRU", "LSTM", "MatMul", "RNN"];

    private readonly GraphIndex _index;
    private readonly IReadOnlySet<string> _touched;
    private readonly HashSet<string> _selected = [];

    public Decisions(Graph graph)
    {
        _index = new GraphIndex(graph);
        _touched = TouchedOutputs.TensorsOf(graph);
        foreach (Node node in graph.Nodes)
        {
            if (IsSelected(node))
                _selected.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
    }

    /// <summary>Whether the values of a tensor are selected, by the values of others.</summary>
    public bool Selects(string tensor) => _selected.Contains(tensor);

    /// <summary>What an output is decided by: the inputs of nodes at which its values are not selected, or cut into steps, yet.</summary>
    public IReadOnlyList<(Node Node, int Input)> InFrontOf(string output)
    {
        List<(Node, int)> found = [];
        HashSet<string> seen = [output];
        Stack<string> open = new([output]);
        while (open.TryPop(out string? tensor))
        {
            if (_index.ProducerOf(tensor) is not { } node)
                continue;
            bool isMasked = IsMasked(node);
            for (int input = 0; input < node.Inputs.Count; input++)
            {
                string read = node.Inputs[input];
                // A mask is made of the very values that it lets through.
                if (!_touched.Contains(read) || (isMasked && IsStep(read)) || !seen.Add(read))
                    continue;
                if (Selects(read) || IsStep(read))
                    open.Push(read);
                else
                    found.Add((node, input));
            }
        }
        return found;
    }

    /// <summary>Whether a tensor is whole numbers, or yes and no, of floats that quantization changes.</summary>
    public bool IsStep(string tensor) =>
        _touched.Contains(tensor)
        && _index.ProducerOf(tensor) is { } node
        && (node.Is("Cast") ? IsStep(node.Inputs[0]) || IsRounding(node) : Stepping.Contains(node.OpType));

    private static bool IsRounding(Node cast) =>
        (ElementType)cast.IntAttribute("to", 0)
            is not (ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16);

    private bool IsSelected(Node node)
    {
        string[] values = [.. GraphIndex.ReadBy(node).Where(_touched.Contains)];
        if (values.Length == 0 || node.Subgraphs.Any() || HasWeights(node))
            return false;
        if (IsMasked(node) || Selecting.Contains(node.OpType) || (Picking.Contains(node.OpType) && Selects(node.Inputs[1])))
            return true;
        // What mixes selected values with others, as experts that a router weighs, is a value again.
        return Array.TrueForAll(values, Selects);
    }

    /// <summary>Whether values are let through where others compare well: the peaks of a heat map. One of them that moves by a place is as
    /// large an error as one that is lost.</summary>
    private bool IsMasked(Node node) => node.OpType is "Mul" or "Where" && node.Inputs.Any(IsStep);

    /// <summary>Whether a node multiplies by weights: what it gives are values, whatever they were made of.</summary>
    private bool HasWeights(Node node) =>
        Multiplying.Contains(node.OpType) && node.Inputs.Skip(1).Any(input => _index.ConstantOf(input) is not null);
}
