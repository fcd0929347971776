namespace Quantizer.Reporting;

/// <summary>What was decided of a node.</summary>
public enum NodeDecision
{
    /// <summary>It computes in float, for the reason that its <see cref="NodeReport"/> tells.</summary>
    Float,

    /// <summary>It computes with 8-bit integers, or disappears into a node that does.</summary>
    Int8,
}
