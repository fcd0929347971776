using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Placement;

/// <summary>Turns the decisions on nodes into the tensors that are quantized.</summary>
internal sealed class SiteBuilder(
    Graph graph, GraphIndex index, IReadOnlyDictionary<string, TensorSignature> tensors, TargetProfile target, NodeDecisions decisions)
{
    private readonly Dictionary<string, ActivationSite> _activations = [];
    private readonly List<WeightSite> _weights = [];
    private readonly List<ConstantSite> _constants = [];

    public QuantizationSites Build()
    {
        List<NodePlacement> nodes = [];
        foreach (Node node in graph.Nodes)
        {
            bool isInteger = decisions.IsInteger(node);
            if (isInteger && target.RuleOf(node)!.Role != OperatorRole.Clamping) AddSites(node);
            long macs = target.RuleOf(node)?.Macs?.Invoke(Context(node)) ?? 0;
            nodes.Add(new NodePlacement(node.Name, node.OpType, isInteger, decisions.ReasonOf(node), macs));
        }
        PoolSwap[] swaps = [.. FindPoolSwaps()];
        return new QuantizationSites(
            [.. _activations.Values], _weights, _constants, FenceFinder.Find(graph, tensors, target, _activations, decisions),
            [.. BarrierFinder.Find(graph, index, target, _activations, _weights, swaps, decisions)], swaps, nodes)
        {
            Layouts = [.. LayoutFinder.Find(index, tensors, _activations.Values, decisions)],
        };
    }

    private void AddSites(Node node)
    {
        OperatorRule rule = target.RuleOf(node)!;
        foreach (int input in rule.ActivationInputs(node))
        {
            if (input >= node.Inputs.Count || node.Inputs[input].Length == 0) continue;
            if (index.ConstantOf(node.Inputs[input]) is { } constant) _constants.Add(new ConstantSite(node.Name, input, constant.Name, target.Activations));
            else AddActivation(node.Inputs[input]);
        }
        if (rule.Role == OperatorRole.Weighted) AddWeights(node, rule);
        if (WritesIntegers(node))
            foreach (string output in rule.Role == OperatorRole.Moving ? node.Outputs : [decisions.OutputBehind(node)])
                if (output.Length > 0) AddActivation(output);
    }

    private void AddActivation(string tensor)
    {
        if (_activations.ContainsKey(tensor)) return;
        Node? maker = index.ProducerOf(tensor);
        ValueRange? bound = maker is not null && decisions.IsInteger(maker) ? Clamp.BoundOf(maker, index) : null;
        _activations[tensor] = new ActivationSite(tensor, SourceOf(tensor), target.Activations, IsMadeOfIntegers(tensor), JoinOf(tensor), bound);
    }

    /// <summary>Follows a tensor forward through nodes that only move values to the one integer Concat that it ends in.</summary>
    private string? JoinOf(string tensor)
    {
        if (index.ProducerOf(tensor) is { } maker && target.RuleOf(maker)?.Role == OperatorRole.Moving && decisions.IsInteger(maker)) return null;
        while (!index.IsOutput(tensor) && index.ReadersOf(tensor) is [Node reader] && decisions.IsInteger(reader))
        {
            if (reader.Is("Concat")) return SourceOf(decisions.OutputBehind(reader));
            if (target.RuleOf(reader)!.Role != OperatorRole.Moving || reader.Outputs.Count != 1) return null;
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
        while (index.ProducerOf(tensor) is { } maker && decisions.IsInteger(maker) && target.RuleOf(maker)!.Role == OperatorRole.Moving)
            tensor = maker.Inputs[0];
        while (!index.IsOutput(tensor) && index.ReadersOf(tensor) is [Node reader] && reader.Is("MaxPool") && decisions.IsInteger(reader))
            tensor = reader.Outputs[0];
        return tensor;
    }

    private bool IsMadeOfIntegers(string tensor)
    {
        Node? maker = index.ProducerOf(tensor);
        if (maker is not null && decisions.IsInteger(maker) && target.RuleOf(maker)!.Role == OperatorRole.Clamping) maker = index.ProducerOf(maker.Inputs[0]);
        return maker is not null && decisions.IsInteger(maker) && WritesIntegers(maker);
    }

    /// <summary>A kernel that can write float does so unless integers are all that is wanted behind it.</summary>
    private bool WritesIntegers(Node node) => !target.RuleOf(node)!.CanWriteFloat || decisions.WantsIntegers(decisions.OutputBehind(node));

    private void AddWeights(Node node, OperatorRule rule)
    {
        NodeContext context = Context(node);
        string activation = node.Inputs[rule.ActivationInputs(node).First()];
        string weights = node.Inputs[rule.WeightInput];
        _weights.Add(new WeightSite(node.Name, rule.WeightInput, weights, rule.ChannelAxis!(context), target.Weights, activation, BiasOf(node, rule, context)));
    }

    private BiasSite? BiasOf(Node node, OperatorRule rule, NodeContext context)
    {
        if (rule.BiasInput >= 0)
            return rule.BiasInput < node.Inputs.Count && node.Inputs[rule.BiasInput].Length > 0 ? new BiasSite(node.Name, rule.BiasInput, node.Inputs[rule.BiasInput]) : null;
        // ONNX Runtime joins MatMul and Add into a Gemm where shapes are static; an int32 bias keeps that Gemm on integers.
        if (WritesIntegers(node) || index.IsOutput(node.Outputs[0]) || index.ReadersOf(node.Outputs[0]) is not [Node add] || !add.Is("Add")) return null;
        int input = add.Inputs[0] == node.Outputs[0] ? 1 : 0;
        long channels = context.Constant(rule.WeightInput)!.Dimensions[1];
        bool isBias = index.ConstantOf(add.Inputs[input]) is { Type: ElementType.Float, Dimensions.Count: 1 } bias && bias.Dimensions[0] == channels;
        return isBias && !decisions.IsInteger(add) ? new BiasSite(add.Name, input, add.Inputs[input]) : null;
    }

    private IEnumerable<PoolSwap> FindPoolSwaps()
    {
        HashSet<string> quantized = QuantizationReach.Of(graph, target, _activations.Keys);
        foreach (Node pool in graph.Nodes)
        {
            if (!pool.Is("MaxPool") || decisions.IsInteger(pool) || !quantized.Contains(pool.Outputs[0]) || pool.Outputs.Count != 1) continue;
            if (index.ProducerOf(pool.Inputs[0]) is not { } clamp || decisions.IsInteger(clamp) || Clamp.BoundOf(clamp, index) is null) continue;
            if (!index.IsOutput(pool.Inputs[0]) && index.ReadersOf(pool.Inputs[0]).Count == 1) yield return new PoolSwap(clamp.Name, pool.Name);
        }
    }

    private NodeContext Context(Node node) => new(node, index, tensors);
}
