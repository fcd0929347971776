namespace Quantizer.Placement.Contract;

/// <summary>How one operator type is quantized on a target: a row of the target's table.</summary>
/// <param name="Activations">Indices of the inputs that carry activations; null: every input.</param>
/// <param name="Applies">Gives the reason why this node must stay in float, or null when the rule holds for it.</param>
internal sealed record OperatorRule(string OpType, OperatorRole Role, int[]? Activations = null, Func<NodeContext, string?>? Applies = null)
{
    /// <summary>
    /// True where the integer kernel can write float values, so that no rounding follows it: matrix products, but no convolution.
    /// </summary>
    public bool CanWriteFloat { get; init; }

    /// <summary>Why the node gains nothing where float lies before and behind it, so that its integers are its own alone; null: it gains
    /// all the same.</summary>
    public Func<NodeContext, string?>? WhyNotAlone { get; init; }

    /// <summary>Why the node gains nothing where no weighted node on integers comes behind it; null: it gains all the same.</summary>
    public Func<NodeContext, string?>? WhyNotLast { get; init; }

    /// <summary>The forms that the target has for it, the preferred first; every other node is float.</summary>
    public IReadOnlyList<OperatorForm> Forms { get; init; } = [new(NodeForm.Static, BiasForm.Int32)];

    /// <summary>Index of the constant weights; -1: the operator has none.</summary>
    public int WeightInput { get; init; } = -1;

    /// <summary>Index of further constant weights, with the same axis of output channels; -1: there are none.</summary>
    public int SecondWeightInput { get; init; } = -1;

    /// <summary>The indices of all constant weights.</summary>
    public IEnumerable<int> WeightInputs => new[] { WeightInput, SecondWeightInput }.Where(input => input >= 0);

    /// <summary>Index of the bias; -1: the operator has none.</summary>
    public int BiasInput { get; init; } = -1;

    /// <summary>The weights' axis of output channels.</summary>
    public Func<NodeContext, int>? ChannelAxis { get; init; }

    /// <summary>The positions of the inputs of <paramref name="node"/> that carry activations.</summary>
    public IEnumerable<int> ActivationInputs(Graphs.Node node) => Activations ?? Enumerable.Range(0, node.Inputs.Count);
}
