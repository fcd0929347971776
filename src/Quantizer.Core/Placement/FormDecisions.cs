using Quantizer.Graphs;
using Quantizer.Patterns;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>In which form each node runs, and why those in float do not run otherwise.</summary>
internal sealed class FormDecisions
{
    private readonly Dictionary<Node, string> _floatReasons = [];
    private readonly HashSet<Node> _kept = [];
    private readonly HashSet<Node> _stored = [];
    private readonly ActivationMode _mode;
    private readonly string? _whyMode;
    private readonly bool _standardOnly;
    private readonly Graph _graph;
    private readonly GraphIndex _index;
    private readonly IReadOnlyDictionary<string, TensorSignature> _tensors;
    private readonly Target _target;
    private readonly IReadOnlyDictionary<Node, (Graph Body, GraphIndex Index)> _bodies;

    private FormDecisions(
        Graph graph,
        GraphIndex index,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        Target target,
        PlacementOptions options
    )
    {
        _graph = graph;
        _index = index;
        _tensors = tensors;
        _target = target;
        _bodies = BodyNodes.In(graph, index);
        (_mode, _whyMode, _standardOnly) = (options.Activations, options.WhyActivations, options.StandardOnly);
    }

    public static FormDecisions Make(
        Graph graph,
        GraphIndex index,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        Target target,
        PlacementOptions options,
        NameFilter filter,
        PatternMatches patterns
    )
    {
        FormDecisions decisions = new(graph, index, tensors, target, options);
        OwnReasons own = new(target, index, tensors, decisions);
        foreach (Node node in graph.EveryNode)
        {
            string? excluded = filter.Excludes(node, decisions.IsWeighted(node));
            if (excluded is not null)
                decisions._kept.Add(node);
            string? stored = options.Stored.GetValueOrDefault(node.Name);
            if (stored is not null)
                decisions._stored.Add(node);
            if ((excluded ?? stored ?? patterns.ReasonOf(node) ?? own.Of(node) ?? decisions.ReasonOfMode(node)) is { } reason)
            {
                decisions._floatReasons[node] = reason;
            }
        }

        decisions.KeepOnlyPathsBetweenWeightedNodes(patterns);
        // Who names what is quantized wants just that.
        if (options.Include.Count == 0)
        {
            decisions.KeepOnlyThoseThatPayAlone();
            decisions.KeepOnlyPathsBetweenWeightedNodes(patterns);
        }

        if (decisions.LeaveBiasesToProducts(patterns))
            decisions.KeepOnlyPathsBetweenWeightedNodes(patterns);
        decisions.KeepOnlyAbsorbedClamps();
        return decisions;
    }

    /// <summary>A node with what a rule may look at; of one inside a body the constants around it, too.</summary>
    public NodeContext ContextOf(Node node) => new(node, _bodies.TryGetValue(node, out var scope) ? scope.Index : _index, _tensors);

    /// <summary>The body that a node is in; null for one of the main graph.</summary>
    public Graph? BodyOf(Node node) => _bodies.TryGetValue(node, out var scope) ? scope.Body : null;

    /// <summary>True for nodes that run on integers with fixed scales.</summary>
    public bool IsStatic(Node node) => FormOf(node) == NodeForm.Static;

    /// <summary>Float, static or dynamic: what is stored is decided behind this, of the nodes in float.</summary>
    public NodeForm FormOf(Node node) => _floatReasons.ContainsKey(node) ? NodeForm.Float : Chosen(node).Form;

    /// <summary>What the form of a node that does not stay in float needs in the file.</summary>
    public OperatorForm Chosen(Node node) => Admitted(node)!;

    /// <summary>True for nodes that the options keep as they are, weights included.</summary>
    public bool IsKept(Node node) => _kept.Contains(node);

    /// <summary>True for nodes whose weights the options want stored.</summary>
    public bool IsStored(Node node) => _stored.Contains(node);

    public string ReasonOf(Node node) => _floatReasons.GetValueOrDefault(node, "");

    /// <summary>True where what a linear layer adds is one value for each of its output channels.</summary>
    /// <param name="layer">A match of <see cref="PatternUse.LinearLayer"/>.</param>
    public bool IsBias(PatternMatch layer, Node product) =>
        _index.ConstantOf(layer.Values["bias"]) is { Type: ElementType.Float, Dimensions.Count: 1 } values
        && values.Dimensions[0] == ContextOf(product).Constant(_target.RuleOf(product)!.WeightInput)!.Dimensions[1]
        && UnsoundConstants.FaultOf(values) is null;

    /// <summary>The clamp that disappears into <paramref name="node"/>; null when none does.</summary>
    public Node? ClampBehind(Node node) =>
        IsStatic(node) && !IsClamp(node) && _index.ReadersOf(node.Outputs[0]) is [Node reader] && IsClamp(reader) && IsStatic(reader)
            ? reader
            : null;

    /// <summary>True when all readers of a tensor, at least one, are integer nodes, so that nobody misses its float values.</summary>
    public bool WantsIntegers(string tensor)
    {
        IReadOnlyList<Node> readers = _index.ReadersOf(tensor);
        return !_index.IsOutput(tensor)
            && readers.Count > 0
            && readers.All(reader => IsStatic(reader) && Activations(reader).Contains(tensor));
    }

    /// <summary>True when what a node reads comes out of an integer kernel, or would, moved through such a node.</summary>
    public bool ReadsIntegers(Node node) => _index.ProducerOf(node.Inputs[0]) is { } maker && IsStatic(maker);

    /// <summary>The tensor that leaves a node and the clamp that disappears into it.</summary>
    public string OutputBehind(Node node) => (ClampBehind(node) ?? node).Outputs[0];

    private OperatorForm? Admitted(Node node)
    {
        OperatorRule rule = _target.RuleOf(node)!;
        IEnumerable<OperatorForm> able = rule.Forms.Where(form =>
            (form.IsStandard || !_standardOnly)
            // Calibration sees the tensors of the main graph.
            && (form.Form != NodeForm.Static || !_bodies.ContainsKey(node))
            && (form.Fits is null || (!_bodies.ContainsKey(node) && form.Fits(ContextOf(node))))
        );
        return _mode switch
        {
            ActivationMode.Automatic => able.FirstOrDefault(),
            ActivationMode.Static => able.FirstOrDefault(form => form.Form == NodeForm.Static),
            ActivationMode.Dynamic => able.FirstOrDefault(form => form.Form == NodeForm.Dynamic),
            // What cannot write float values hands on integers, which fixed ranges are for.
            ActivationMode.Mixed => able.OrderByDescending(form => form.Form == NodeForm.Dynamic == rule.CanWriteFloat).FirstOrDefault(),
            _ => null,
        };
    }

    private string? ReasonOfMode(Node node) =>
        Admitted(node) is not null ? null
        : _standardOnly && _target.RuleOf(node)!.Forms.All(form => !form.IsStandard)
            ? $"{node.OpType} has no integer kernel among the standard operators, which --standard-only keeps to"
        : _bodies.ContainsKey(node) && _mode is ActivationMode.Automatic or ActivationMode.Static or ActivationMode.Mixed
            ? "ranges are not calibrated inside the body of another node"
        : _mode switch
        {
            ActivationMode.Static => $"{node.OpType} has no integer kernel that takes ranges from calibration",
            ActivationMode.Dynamic => $"{node.OpType} has no integer kernel that takes its ranges in each run",
            _ => _whyMode ?? "without ranges of activations all arithmetic stays in float",
        };

    /// <summary>Floats nodes that gain from integers only where those come from a node before or go to one behind.</summary>
    private void KeepOnlyThoseThatPayAlone()
    {
        HashSet<Node> integers = [.. _graph.Nodes.Where(IsStatic)];
        HashSet<string> leadToIntegers = [];
        foreach (Node node in Enumerable.Reverse(_graph.Nodes))
        {
            bool leads = node.Outputs.Any(leadToIntegers.Contains);
            if (IsStatic(node) && IsWeighted(node))
            {
                IReadOnlyList<Node> readers = _index.ReadersOf(OutputBehind(node));
                if (!readers.Any(integers.Contains) && WhyNotAlone(node, isLast: !leads && readers.Count > 0) is { } reason)
                    _floatReasons[node] = reason;
                else
                    leads = true;
            }

            if (leads)
                leadToIntegers.UnionWith(node.Inputs);
        }
    }

    private string? WhyNotAlone(Node node, bool isLast)
    {
        OperatorRule rule = _target.RuleOf(node)!;
        NodeContext context = new(node, _index, _tensors);
        return (ReadsIntegers(node) ? null : rule.WhyNotAlone?.Invoke(context)) ?? (isLast ? rule.WhyNotLast?.Invoke(context) : null);
    }

    /// <summary>Floats every unweighted node that has no integer node before it or none behind it.</summary>
    private void KeepOnlyPathsBetweenWeightedNodes(PatternMatches patterns)
    {
        HashSet<string> before = [],
            behind = [];
        foreach (Node node in _graph.Nodes)
        {
            if (IsStatic(node) && (IsWeighted(node) || Activations(node).Any(before.Contains)))
                before.UnionWith(node.Outputs);
        }

        foreach (Node node in Enumerable.Reverse(_graph.Nodes))
        {
            if (IsStatic(node) && (IsWeighted(node) || patterns.IsMeanInFrontOfFloat(node) || node.Outputs.Any(behind.Contains)))
                behind.UnionWith(Activations(node));
        }

        foreach (Node node in _graph.Nodes)
        {
            if (!IsStatic(node) || IsWeighted(node) || IsClamp(node))
                continue;
            if (!node.Outputs.Any(before.Contains))
                _floatReasons[node] = "no integer node comes before it";
            else if (!node.Outputs.Any(behind.Contains) && !patterns.IsMeanInFrontOfFloat(node))
                _floatReasons[node] = "no integer node comes behind it, so float keeps more precision at no cost";
        }
    }

    /// <summary>
    /// Floats the Add of every bias that the product in front of it can add itself: a sum of its own would round the product to 8 bits
    /// first, over a range that the bias does not shift, and take a pass more.
    /// </summary>
    /// <returns>True if one of them was on integers.</returns>
    private bool LeaveBiasesToProducts(PatternMatches patterns)
    {
        if (!_target.AddsBiasInProduct || _standardOnly)
            return false;
        bool wereIntegers = false;
        foreach (Node node in _graph.Nodes)
        {
            if (patterns.LinearLayerOf(node) is not { } layer || !IsStatic(node) || IsKept(layer.Nodes[0]) || !IsBias(layer, node))
                continue;
            wereIntegers |= IsStatic(layer.Nodes[0]);
            _floatReasons[layer.Nodes[0]] = "the bias of a product on integers, which adds it in float before anything is rounded";
        }
        return wereIntegers;
    }

    /// <summary>A clamp is worth nothing as a node of its own: it disappears into the integer node before it, or stays in float.</summary>
    private void KeepOnlyAbsorbedClamps()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (IsStatic(node) && IsClamp(node) && !IsAbsorbed(node))
                _floatReasons[node] = "a clamp that cannot disappear into an integer node gains nothing";
        }
    }

    private bool IsAbsorbed(Node clamp)
    {
        string input = clamp.Inputs[0];
        if (Clamp.BoundOf(clamp, _index) is not { Min: <= 0f, Max: >= 0f })
            return false;
        if (_index.IsOutput(input) || _index.ReadersOf(input).Count != 1 || _index.ProducerOf(input) is not { } maker || !IsStatic(maker))
            return false;
        OperatorRule rule = _target.RuleOf(maker)!;
        if (rule.Role is OperatorRole.Moving or OperatorRole.Clamping || maker.Outputs.Count != 1)
            return false;
        return !rule.CanWriteFloat || WantsIntegers(clamp.Outputs[0]);
    }

    private bool IsClamp(Node node) => _target.RuleOf(node)?.Role == OperatorRole.Clamping;

    private bool IsWeighted(Node node) => _target.RuleOf(node)?.Role == OperatorRole.Weighted;

    private IEnumerable<string> Activations(Node node) =>
        _target.RuleOf(node)!.ActivationInputs(node).Where(input => input < node.Inputs.Count).Select(input => node.Inputs[input]);
}
