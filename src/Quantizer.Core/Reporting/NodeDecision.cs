namespace Quantizer.Reporting;

/// <summary>The decisions of a <see cref="NodeReport"/>.</summary>
public static class NodeDecision
{
    public const string Int8 = "int8";
    public const string Float = "float";
}
