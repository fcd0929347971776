using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>Why a node cannot run on integers, whatever is around it.</summary>
/// <param name="index">Of the main graph.</param>
/// <param name="tensors">Of the main graph, by name.</param>
/// <param name="decisions">Know what is inside bodies.</param>
internal sealed class OwnReasons(
    Target target,
    GraphIndex index,
    IReadOnlyDictionary<string, TensorSignature> tensors,
    FormDecisions decisions
)
{
    /// <summary>Null where it can.</summary>
    public string? Of(Node node)
    {
        if (node.Subgraphs.Any())
            return "it only runs its bodies, whose nodes have forms of their own";
        if (target.RuleOf(node) is not { } rule)
            return $"{node.OpType} has no integer kernel on this target";
        // Of tensors inside bodies no types are known: there the constants tell.
        if (decisions.BodyOf(node) is null && WhyNotFloat(node, rule) is { } reason)
            return reason;
        NodeContext context = decisions.ContextOf(node);
        return rule.Applies?.Invoke(context) ?? FaultOfConstants(context, rule);
    }

    private string? WhyNotFloat(Node node, OperatorRule rule)
    {
        foreach (int input in rule.ActivationInputs(node))
        {
            if (input < node.Inputs.Count && !IsFloat(node.Inputs[input]))
                return "it computes no float values";
        }
        return null;
    }

    /// <summary>Bounds of a clamp, and what moving operators are told, are not quantized.</summary>
    private static string? FaultOfConstants(NodeContext context, OperatorRule rule) =>
        rule.Role is OperatorRole.Clamping or OperatorRole.Moving
            ? null
            : context
                .Node.Inputs.Select(context.Index.ConstantOf)
                .OfType<Tensor>()
                .Select(UnsoundConstants.FaultOf)
                .FirstOrDefault(fault => fault is not null);

    private bool IsFloat(string tensor) =>
        (
            index.ConstantOf(tensor)?.Type
            ?? (tensors.TryGetValue(tensor, out TensorSignature? signature) ? signature.Type : ElementType.Undefined)
        ) == ElementType.Float;
}
