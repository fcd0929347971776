using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// A model while passes rewrite it: the edits they share, an index that follows the edits, and the record of what was done.
/// A tensor keeps the value it has in the user's file or disappears; it never takes another shape under the same name.
/// </summary>
internal sealed class GraphEdit
{
    private readonly HashSet<string> _tensorNames = [];
    private readonly HashSet<string> _nodeNames = [];

    /// <summary>By wish the last suffix that was tried. Thousands of clones of one constant would each try those of all others.</summary>
    private readonly Dictionary<string, int> _tensorSuffixes = [],
        _nodeSuffixes = [];

    private readonly Dictionary<string, List<string>> _aliases = [];
    private readonly List<NormalizationNote> _notes = [];
    private readonly NodeEdits _edits;
    private GraphIndex? _index;
    private Dictionary<string, int>? _constantPlaces;
    private HashSet<string>? _declaredInside;
    private IReadOnlyDictionary<string, TensorSignature>? _signatures;

    public GraphEdit(OnnxModel model)
    {
        Model = model;
        Origins = new NodeOrigins(model.Graph);
        _edits = new NodeEdits(model.Graph.Nodes);
        CollectNames(model.Graph);
    }

    public OnnxModel Model { get; }

    public Graph Graph => Model.Graph;

    public NodeOrigins Origins { get; }

    public IReadOnlyList<NormalizationNote> Notes => _notes;

    /// <summary>Tensor name to the other names the user's file has for its value, or for the constant it was cloned from.</summary>
    public IReadOnlyDictionary<string, List<string>> Aliases => _aliases;

    /// <summary>Who makes and reads what, as of now.</summary>
    public GraphIndex Index => _index ??= new GraphIndex(Graph);

    /// <summary>The pass at work, for notes and errors.</summary>
    public string Pass { get; set; } = "";

    /// <summary>The node the pass is at, for errors.</summary>
    public Node? Current { get; set; }

    /// <summary>Type and shape of a tensor of the main graph; null for one made since shapes were last inferred, or of no known
    /// type.</summary>
    public TensorSignature? SignatureOf(string tensor)
    {
        InferSignatures();
        return _signatures.GetValueOrDefault(tensor);
    }

    /// <summary>Infers types and shapes now if they are not known: for edits that leave the graph invalid until they are
    /// complete.</summary>
    [MemberNotNull(nameof(_signatures))]
    public void InferSignatures()
    {
        if (_signatures is not null)
            return;
        _edits.Apply();
        _signatures = TensorShapes.Of(WeightlessModel.Of(Model));
    }

    /// <summary>Sizes are asked for anew: after folding, more of them are known.</summary>
    public void ForgetSignatures() => _signatures = null;

    public void Note(string message) => _notes.Add(new NormalizationNote(Pass, message));

    /// <summary>
    /// Shows every node that is still in the graph to <paramref name="visit"/>, which says whether it changed anything. Other nodes than
    /// the one shown are changed by methods of this type, or told to <see cref="Edited(Node)"/>.
    /// </summary>
    public bool Sweep(Func<Node, bool> visit)
    {
        bool changed = false;
        HashSet<Node> removed = _edits.Collect();
        foreach (Node node in Graph.Nodes.ToArray())
        {
            if (removed.Contains(node))
                continue;
            Current = node;
            if (!visit(node))
                continue;
            changed = true;
            if (!removed.Contains(node))
                Edited(node);
        }
        _edits.Finish();
        return changed;
    }

    /// <summary>To be called after an edit that was not made through a method of this type.</summary>
    public void Edited() => (_index, _constantPlaces, _declaredInside) = (null, null, null);

    /// <summary>To be called after a change of what a node reads or makes.</summary>
    public void Edited(Node node) => _index?.Refresh(node);

    public void Remove(Node node)
    {
        _edits.Remove(node);
        _index?.Remove(node);
    }

    public void RemoveAll(HashSet<Node> nodes)
    {
        Graph.Nodes.RemoveAll(nodes.Contains);
        Edited();
    }

    /// <summary>Places a node behind another, where it can read that one's outputs; it does the work of the same user's nodes.</summary>
    public void InsertAfter(Node place, Node added)
    {
        _edits.InsertBehind(place, [added]);
        Origins.Merge(added, place);
        _index?.Add(added);
    }

    /// <summary>Places a node in front of another, which can read its outputs then; it does the work of the same user's nodes.</summary>
    public void InsertBefore(Node place, Node added)
    {
        _edits.InsertBefore(place, added);
        Origins.Merge(added, place);
        _index?.Add(added);
    }

    /// <summary>Puts nodes that do a node's work in its place.</summary>
    public void Replace(Node replaced, IReadOnlyList<Node> nodes)
    {
        _edits.InsertBehind(replaced, nodes);
        Remove(replaced);
        foreach (Node node in nodes)
        {
            Origins.Merge(node, replaced);
            _index?.Add(node);
        }
    }

    /// <summary>Whether a subgraph at any depth has a tensor of its own under this name, which would capture a renamed read.</summary>
    public bool IsDeclaredInside(string name) => (_declaredInside ??= OuterReferences.DeclaredInside(Graph)).Contains(name);

    /// <summary>Adds a constant under its name, or a variation of it where the name is taken, and gives the name.</summary>
    public string AddConstant(Tensor tensor)
    {
        string name = UniqueTensorName(tensor.Name);
        Tensor added = name == tensor.Name ? tensor : tensor.Renamed(name);
        _constantPlaces?.Add(name, Graph.Initializers.Count);
        Graph.Initializers.Add(added);
        _index?.Set(added);
        return name;
    }

    /// <summary>
    /// Gives input <paramref name="input"/> of <paramref name="node"/> other values. A constant that others read as well is cloned.
    /// </summary>
    public void ReplaceConstant(Node node, int input, Tensor values)
    {
        string name = node.Inputs[input];
        bool shared = Index.ReadersOf(name).Count > 1 || Index.IsOutput(name) || node.Inputs.Count(read => read == name) > 1;
        if (shared)
        {
            node.Inputs[input] = AddConstant(values.Renamed(name));
            AddAlias(node.Inputs[input], name);
            Edited(node);
        }
        else
        {
            Tensor replaced = values.Renamed(name);
            Graph.Initializers[PlaceOfConstant(name)] = replaced;
            _index?.Set(replaced);
        }
    }

    /// <summary>Lets every reader of <paramref name="from"/>, also those in subgraphs, read <paramref name="to"/>, which has the same
    /// value.</summary>
    public void Redirect(string from, string to)
    {
        foreach (Node reader in Index.ReadersOf(from).ToArray())
        {
            OuterReferences.Rename(reader, from, to);
            Edited(reader);
        }
        AddAlias(to, from);
    }

    public void AddAlias(string tensor, string userName)
    {
        if (!_aliases.TryGetValue(tensor, out List<string>? names))
            _aliases[tensor] = names = [];
        names.Add(userName);
        if (_aliases.Remove(userName, out List<string>? more))
            names.AddRange(more);
    }

    /// <summary>A name no tensor of the model or of its subgraphs has; it is taken from then on.</summary>
    public string UniqueTensorName(string wish) => Unique(wish, _tensorNames, _tensorSuffixes);

    /// <summary>A name no node of the model or of its subgraphs has; it is taken from then on.</summary>
    public string UniqueNodeName(string wish) => Unique(wish, _nodeNames, _nodeSuffixes);

    /// <summary>Takes the name if no node of the model or of its subgraphs has it.</summary>
    public bool TakeNodeName(string name) => _nodeNames.Add(name);

    private int PlaceOfConstant(string name)
    {
        if (_constantPlaces is null)
        {
            _constantPlaces = [];
            for (int i = 0; i < Graph.Initializers.Count; i++)
                _constantPlaces[Graph.Initializers[i].Name] = i;
        }
        return _constantPlaces[name];
    }

    private static string Unique(string wish, HashSet<string> taken, Dictionary<string, int> suffixes)
    {
        if (taken.Add(wish))
            return wish;
        ref int suffix = ref CollectionsMarshal.GetValueRefOrAddDefault(suffixes, wish, out _);
        string name = wish;
        while (!taken.Add(name))
            name = $"{wish}_{++suffix}";
        return name;
    }

    private void CollectNames(Graph graph)
    {
        _tensorNames.UnionWith(graph.Inputs.Select(input => input.Name));
        _tensorNames.UnionWith(graph.Initializers.Select(tensor => tensor.Name));
        _tensorNames.UnionWith(graph.Outputs.Select(output => output.Name));
        foreach (Node node in graph.Nodes)
        {
            _nodeNames.Add(node.Name);
            _tensorNames.UnionWith(node.Inputs);
            _tensorNames.UnionWith(node.Outputs);
            foreach (Graph subgraph in node.Subgraphs)
                CollectNames(subgraph);
        }
    }
}
