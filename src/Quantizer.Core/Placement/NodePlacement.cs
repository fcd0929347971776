using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>What becomes of a node.</summary>
/// <param name="Reason">Why its arithmetic stays in float; empty where it does not.</param>
internal sealed record NodePlacement(string Node, string OpType, NodeForm Form, string Reason)
{
    /// <summary>True: its weights are stored in blocks of 4 bits.</summary>
    public bool HasBlocks { get; init; }

    /// <summary>True: meant to run on integers, or to disappear into a node that does.</summary>
    public bool IsInteger => Form is NodeForm.Static or NodeForm.Dynamic;
}
