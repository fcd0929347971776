using Quantizer.Findings;
using Quantizer.Graphs;

namespace Quantizer.Placement.Contract;

/// <summary>What a runtime makes of a written model.</summary>
internal abstract class RunningKernels
{
    /// <summary>What the target finds wrong with the model as a whole; findings of single nodes follow from their kernels.</summary>
    public abstract IReadOnlyList<Finding> Findings { get; }

    /// <summary>The kernel that runs for a node; null when it was fused into another one.</summary>
    /// <param name="node">A node of the model, with a name of its own.</param>
    /// <param name="integerWeights">The tensor of its integer weights, whose name may survive where the node's does not.</param>
    public abstract string? KernelOf(Node node, string? integerWeights);

    /// <summary>True for kernels that multiply integers by integer weights.</summary>
    public abstract bool MultipliesIntegers(string kernel);

    /// <summary>True for kernels that give their product in float: of operands that are integers anyway they round nothing.</summary>
    public virtual bool WritesFloat(string kernel) => false;

    /// <summary>True when the kernel that runs for a node reads or gives integers of 8 bits, whether it multiplies or only adds, pools or
    /// moves them.</summary>
    /// <param name="node">As for <see cref="KernelOf"/>.</param>
    /// <param name="integerWeights">As for <see cref="KernelOf"/>.</param>
    public virtual bool IsOnIntegers(Node node, string? integerWeights) =>
        KernelOf(node, integerWeights) is { } kernel && MultipliesIntegers(kernel);
}
