using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>A graph while it is lowered.</summary>
internal sealed class LoweringContext
{
    private readonly Dictionary<string, IReadOnlyList<string>> _userNodes;
    private readonly Dictionary<string, IReadOnlyList<string>> _joinedTensors = [];
    private GraphIndex? _index;

    public LoweringContext(
        OnnxModel model,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        IReadOnlyDictionary<string, IReadOnlyList<string>> userNodes,
        bool standardOnly = false
    )
    {
        (Model, StandardOnly) = (model, standardOnly);
        Tensors = tensors;
        _userNodes = userNodes.ToDictionary();
    }

    public OnnxModel Model { get; }

    public Graph Graph => Model.Graph;

    /// <summary>True where no operator may be written that is not of the standard set.</summary>
    public bool StandardOnly { get; }

    /// <summary>Types and shapes for one sample, as before lowering.</summary>
    public IReadOnlyDictionary<string, TensorSignature> Tensors { get; }

    public GraphIndex Index => _index ??= new GraphIndex(Graph);

    /// <summary>Normalized node name to the names of the user's nodes that it does the work of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UserNodes => _userNodes;

    /// <summary>Output of a node that was put in the place of several to what those made besides.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> JoinedTensors => _joinedTensors;

    /// <summary>The size of an axis; null when it is not known.</summary>
    public long? SizeOf(string tensor, int axis) =>
        Tensors.TryGetValue(tensor, out TensorSignature? signature) && signature.Shape is { } shape && axis < shape.Count
            ? shape[axis].Size
            : null;

    public int? RankOf(string tensor) => Tensors.TryGetValue(tensor, out TensorSignature? signature) ? signature.Shape?.Count : null;

    /// <summary>Puts <paramref name="added"/> in the place of the last of <paramref name="removed"/>, whose work it does.</summary>
    public void Replace(IReadOnlyList<Node> removed, Node added, Tensor weights)
    {
        added.Inputs[added.Inputs.IndexOf(weights.Name)] = AddConstant(weights);
        Replace(removed, added);
    }

    /// <summary>Puts <paramref name="added"/> in the place of the last of <paramref name="removed"/>, whose work it does.</summary>
    public void Replace(IReadOnlyList<Node> removed, Node added)
    {
        Graph.Nodes[Graph.Nodes.IndexOf(removed[^1])] = added;
        foreach (Node node in removed)
            Graph.Nodes.Remove(node);
        _userNodes[added.Name] = [.. removed.SelectMany(node => _userNodes.GetValueOrDefault(node.Name, [])).Distinct()];
        _joinedTensors[added.Outputs[0]] =
        [
            .. removed.SelectMany(node => node.Outputs).Where(output => output.Length > 0 && !added.Outputs.Contains(output)),
        ];
        _index = null;
    }

    /// <summary>Gives a node's input other values under a name of its own.</summary>
    public void SetConstant(Node node, int input, Tensor values)
    {
        node.Inputs[input] = AddConstant(values.Renamed($"{node.Inputs[input]}_{values.Dimensions[0]}_channels_{node.Name}"));
        _index = null;
    }

    /// <summary>Adds a constant under its name, or a variation of it where the name is taken, and gives the name.</summary>
    public string AddConstant(Tensor values)
    {
        string name = Unused(values.Name);
        Graph.Initializers.Add(values.Renamed(name));
        _index = null;
        return name;
    }

    /// <summary>To be called after an edit that was not made through a method of this type.</summary>
    public void Edited() => _index = null;

    /// <summary>The name, or a variation of it, that no tensor has.</summary>
    public string Unused(string wish)
    {
        while (Index.ProducerOf(wish) is not null || Index.IsInput(wish) || Graph.Initializers.Exists(tensor => tensor.Name == wish))
            wish += "_";
        return wish;
    }
}
