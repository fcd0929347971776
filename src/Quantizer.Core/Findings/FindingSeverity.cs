namespace Quantizer.Findings;

/// <summary>How much a <see cref="Finding"/> matters; the worst is the greatest.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>The result may not be what was wanted.</summary>
    Warning,

    /// <summary>The result cannot be used as it is.</summary>
    Error,
}
