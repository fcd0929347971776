using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Placement;

/// <summary>Turns the decisions on nodes into the tensors that are quantized.</summary>
internal sealed class SiteBuilder(
    Graph graph,
    GraphIndex index,
    IReadOnlyDictionary<string, TensorSignature> tensors,
    Target target,
    FormDecisions decisions,
    PatternMatches patterns,
    PlacementOptions options
)
{
    private readonly Dictionary<string, ActivationSite> _activations = [];
    private readonly List<WeightSite> _weights = [];
    private readonly List<ConstantSite> _constants = [];
    private readonly List<DynamicSite> _dynamic = [];

    public QuantizationSites Build()
    {
        foreach (Node node in graph.EveryNode)
        {
            if (decisions.IsStatic(node) && target.RuleOf(node)!.Role != OperatorRole.Clamping)
                AddSites(node);
            else if (decisions.FormOf(node) == NodeForm.Dynamic)
                AddDynamic(node);
        }
        StoredConstants stored = StoredConstants.Find(graph, index, target, decisions, options, SchemeOfTable);
        NodePlacement[] nodes =
        [
            .. graph.EveryNode.Select(node => new NodePlacement(
                node.Name,
                node.OpType,
                stored.Readers.Contains(node) ? NodeForm.Stored : decisions.FormOf(node),
                decisions.ReasonOf(node)
            )
            {
                HasBlocks = stored.BlockReaders.Contains(node),
            }),
        ];
        PlacedGraph placed = new(graph, index, tensors, _activations, _weights, decisions);
        return new QuantizationSites(target, [.. _activations.Values], _weights, _constants, target.EditsFor(placed), nodes)
        {
            Dynamic = _dynamic,
            Stored = stored.Sites,
        };
    }

    private void AddDynamic(Node node)
    {
        OperatorRule rule = target.RuleOf(node)!;
        NodeContext context = decisions.ContextOf(node);
        int axis = rule.ChannelAxis!(context);
        foreach (int input in rule.WeightInputs)
            _dynamic.Add(new DynamicSite(node.Name, input, node.Inputs[input], axis, target.WeightsOf(context, input)));
    }

    /// <summary>A table that looks like a layer's weights, or like those transposed (the projection back to a vocabulary), is rounded like
    /// them: if it is the same, it is written once.</summary>
    private QuantizationScheme SchemeOfTable(Tensor table)
    {
        long[] sizes = [.. table.Dimensions],
            turned = [.. sizes.Reverse()];
        return _weights
            .Select(site => (site.Tensor, site.Scheme))
            .Concat(_dynamic.Select(site => (site.Tensor, site.Scheme)))
            .Where(site => site.Tensor == table.Name || index.ConstantOf(site.Tensor)?.Dimensions.SequenceEqual(turned) == true)
            .Select(site => site.Scheme)
            .FirstOrDefault(target.Weights);
    }

    private void AddSites(Node node)
    {
        OperatorRule rule = target.RuleOf(node)!;
        foreach (int input in rule.ActivationInputs(node))
        {
            if (index.ConstantOf(node.Inputs[input]) is { } constant)
                _constants.Add(new ConstantSite(node.Name, input, constant.Name, target.Activations));
            else
                AddActivation(node.Inputs[input]);
        }
        if (rule.Role == OperatorRole.Weighted)
            AddWeights(node, rule);
        if (WritesIntegers(node))
        {
            foreach (string output in rule.Role == OperatorRole.Moving ? node.Outputs : [decisions.OutputBehind(node)])
            {
                if (output.Length > 0)
                    AddActivation(output);
            }
        }
    }

    private void AddActivation(string tensor)
    {
        Node? maker = index.ProducerOf(tensor);
        ValueRange? bound = maker is not null && decisions.IsStatic(maker) ? Clamp.BoundOf(maker, index) : null;
        _activations[tensor] = new ActivationSite(
            tensor,
            SourceOf(tensor),
            target.Activations,
            IsMadeOfIntegers(tensor),
            JoinOf(tensor),
            bound
        )
        {
            Behind = !index.IsOutput(tensor) && index.ReadersOf(tensor) is [Node reader] ? FunctionBehind.Of(reader) : null,
        };
    }

    /// <summary>Follows a tensor forward through nodes that only move values to the one integer Concat that it ends in.</summary>
    private string? JoinOf(string tensor)
    {
        if (index.ProducerOf(tensor) is { } maker && target.RuleOf(maker)?.Role == OperatorRole.Moving && decisions.IsStatic(maker))
            return null;
        while (!index.IsOutput(tensor) && index.ReadersOf(tensor) is [Node reader] && decisions.IsStatic(reader))
        {
            if (reader.Is("Concat"))
                return SourceOf(decisions.OutputBehind(reader));
            if (target.RuleOf(reader)!.Role != OperatorRole.Moving || reader.Outputs.Count != 1)
                return null;
            tensor = reader.Outputs[0];
        }
        return null;
    }

    /// <summary>
    /// Follows a tensor back through the nodes that only move values, and on through a MaxPool if nothing else reads it:
    /// rounding and the maximum can change places, so the values that it leaves out need no scale.
    /// </summary>
    private string SourceOf(string tensor)
    {
        while (index.ProducerOf(tensor) is { } maker && decisions.IsStatic(maker) && target.RuleOf(maker)!.Role == OperatorRole.Moving)
            tensor = maker.Inputs[0];
        while (!index.IsOutput(tensor) && index.ReadersOf(tensor) is [Node reader] && reader.Is("MaxPool") && decisions.IsStatic(reader))
            tensor = reader.Outputs[0];
        return tensor;
    }

    private bool IsMadeOfIntegers(string tensor)
    {
        Node? maker = index.ProducerOf(tensor);
        if (maker is not null && decisions.IsStatic(maker) && target.RuleOf(maker)!.Role == OperatorRole.Clamping)
            maker = index.ProducerOf(maker.Inputs[0]);
        return maker is not null && decisions.IsStatic(maker) && WritesIntegers(maker);
    }

    /// <summary>A kernel that can write float does so unless integers are all that is wanted behind it.</summary>
    private bool WritesIntegers(Node node) => !target.RuleOf(node)!.CanWriteFloat || decisions.WantsIntegers(decisions.OutputBehind(node));

    private void AddWeights(Node node, OperatorRule rule)
    {
        NodeContext context = decisions.ContextOf(node);
        string activation = node.Inputs[rule.ActivationInputs(node).First()];
        string weights = node.Inputs[rule.WeightInput];
        _weights.Add(
            new WeightSite(
                node.Name,
                rule.WeightInput,
                weights,
                rule.ChannelAxis!(context),
                target.WeightsOf(context, rule.WeightInput),
                activation,
                BiasOf(node, rule)
            )
        );
    }

    private BiasSite? BiasOf(Node node, OperatorRule rule)
    {
        if (decisions.Chosen(node).Bias == BiasForm.Float)
            return null;
        if (rule.BiasInput >= 0)
        {
            string given = node.Inputs.ElementAtOrDefault(rule.BiasInput) ?? "";
            return new BiasSite(node.Name, rule.BiasInput, given.Length > 0 ? given : null);
        }

        if (WritesIntegers(node) || patterns.LinearLayerOf(node) is not { } layer)
            return null;
        (Node add, string bias) = (layer.Nodes[0], layer.Values["bias"]);
        if (!decisions.IsBias(layer, node) || decisions.IsStatic(add))
            return null;
        return new BiasSite(add.Name, add.Inputs.IndexOf(bias), bias) { IsInProduct = target.AddsBiasInProduct && !options.StandardOnly };
    }
}
