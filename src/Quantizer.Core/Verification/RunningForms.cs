using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Work;

namespace Quantizer.Verification;

/// <summary>
/// The form in which each operator of a quantized file really runs, whatever the file means it to be:
/// 1. those that multiply: on integers where their kernel does;
/// 2. others: on integers where their kernel reads or gives integers, such as QLinearAdd;
/// 3. those without a kernel of their own: as the operator that they were fused into, the maker of what they read.
/// Nodes that only turn float into integers and back are no operators of the network.
/// </summary>
/// <param name="indexOf">The graph that a node stands in.</param>
internal sealed class RunningForms(Func<Node, GraphIndex> indexOf, RunningKernels kernels, string runtime)
{
    private readonly Dictionary<string, NodeForm> _forms = [];

    /// <param name="nodes">Verified by what the file means them to be, with the graph's nodes; makers before readers.</param>
    public IReadOnlyList<VerifiedNode> Of(IEnumerable<(Node Node, VerifiedNode Verified)> nodes)
    {
        List<VerifiedNode> running = [];
        foreach ((Node node, VerifiedNode verified) in nodes.Where(node => !QuantizingNodes.Include(node.Node)))
        {
            NodeForm form = FormOf(node, verified);
            _forms[node.Name] = form;
            string reason = form == NodeForm.Float ? ReasonOf(node, verified) : "";
            running.Add(verified with { Placement = verified.Placement with { Form = form, Reason = reason } });
        }
        return running;
    }

    private NodeForm FormOf(Node node, VerifiedNode verified)
    {
        NodeForm meant = verified.Placement.Form;
        if (meant == NodeForm.Stored)
            return meant;
        if (verified.Macs is not 0)
        {
            return !verified.RunsOnIntegers ? NodeForm.Float
                : meant == NodeForm.Float ? NodeForm.Static
                : meant;
        }
        bool isFused = verified.Kernel is not { } kernel || kernels.MultipliesIntegers(kernel);
        return isFused
            && MakerOf(node) is { } maker
            && _forms.GetValueOrDefault(maker.Name) is var form and (NodeForm.Static or NodeForm.Dynamic)
                ? form
            : kernels.IsOnIntegers(node, integerWeights: null) ? NodeForm.Static
            : NodeForm.Float;
    }

    /// <summary>What makes the first thing that a node reads, seen through quantizing nodes that are fused away, too.</summary>
    private Node? MakerOf(Node node)
    {
        GraphIndex index = indexOf(node);
        Node? maker = node.Inputs.Count > 0 ? index.ProducerOf(node.Inputs[0]) : null;
        while (maker is not null && QuantizingNodes.Include(maker) && kernels.KernelOf(maker, integerWeights: null) != maker.OpType)
            maker = maker.Inputs.Count > 0 ? index.ProducerOf(maker.Inputs[0]) : null;
        return maker;
    }

    private string ReasonOf(Node node, VerifiedNode verified)
    {
        GraphIndex index = indexOf(node);
        bool isMeant =
            verified.Placement.IsInteger
            || (
                node.Inputs.Count > 0
                && index.ProducerOf(node.Inputs[0]) is { OpType: "DequantizeLinear" }
                && node.Outputs.Count > 0
                && index.ReadersOf(node.Outputs[0]).Any(reader => reader.OpType == "QuantizeLinear")
            );
        return isMeant ? $"quantized in the file, but {runtime} runs it in float" : "not quantized in the file";
    }
}
