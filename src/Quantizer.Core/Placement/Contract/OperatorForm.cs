namespace Quantizer.Placement.Contract;

/// <summary>A form that a target has for an operator, with what the file needs for it.</summary>
/// <param name="Bias">How the bias is written in this form.</param>
internal sealed record OperatorForm(NodeForm Form, BiasForm Bias)
{
    /// <summary>False where it takes an operator of the runtime's own.</summary>
    public bool IsStandard { get; init; } = true;

    /// <summary>Which nodes of the main graph have it; null: all nodes, those inside bodies too.</summary>
    public Func<NodeContext, bool>? Fits { get; init; }
}
