using Quantizer.Placement.Sites;

namespace Quantizer.Placement.Contract;

/// <summary>A constant that a target lets a node in float read from stored integers: a row of the target's table.</summary>
/// <param name="Input">The position among the node's inputs.</param>
/// <param name="Axis">The axis that has a scale per index; null: not in this node.</param>
internal sealed record StoredRule(string OpType, int Input, Func<NodeContext, int?> Axis)
{
    /// <summary>True where the node only looks up rows of the constant.</summary>
    public bool LooksUpRows { get; init; }

    /// <summary>How the target has a kernel for the constant in blocks of 4 bits; null: not in this node.</summary>
    public Func<NodeContext, Blocks?> Blocks { get; init; } = _ => null;
}
