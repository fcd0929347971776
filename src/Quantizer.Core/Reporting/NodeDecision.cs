namespace Quantizer.Reporting;

/// <summary>What was decided of a node.</summary>
public enum NodeDecision
{
    /// <summary>It computes in float, for the reason that its <see cref="NodeReport"/> tells.</summary>
    Float,

    /// <summary>It computes with 8-bit integers, or disappears into a node that does.</summary>
    Int8,

    /// <summary>It computes with 8-bit integers, and takes the ranges of its activations in each run.</summary>
    Dynamic,

    /// <summary>It computes in float, for the reason that its <see cref="NodeReport"/> tells, with weights that the file holds as 8-bit
    /// integers.</summary>
    Stored,
}
