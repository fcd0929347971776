using Quantizer.Placement.Sites;

namespace Quantizer.Placement.Contract;

/// <summary>A constant that a target lets a node in float read from stored integers: a row of the target's table.</summary>
/// <param name="Input">The position among the node's inputs.</param>
/// <param name="Axis">The axis that has a scale per index; null: not in this node.</param>
internal sealed record StoredRule(string OpType, int Input, Func<NodeContext, int?> Axis)
{
    /// <summary>True where the node only looks up rows of the constant.</summary>
    public bool LooksUpRows { get; init; }

    /// <summary>True where the channels differ so much that scales lie along their axis, however few numbers share one.</summary>
    public bool NeedsAxis { get; init; }

    /// <summary>True where the constant is an operand and no weights: learned positions, planes, or weights of its own for each place. As
    /// well it may hold coordinates, which nobody wants rounded: it is stored only where it is much of the model and what is made of it
    /// goes to layers.</summary>
    public bool IsOperand { get; init; }

    /// <summary>How the target has a kernel for the constant in blocks of 4 bits; null: not in this node.</summary>
    public Func<NodeContext, Blocks?> Blocks { get; init; } = _ => null;
}
