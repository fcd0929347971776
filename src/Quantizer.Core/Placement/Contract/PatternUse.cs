namespace Quantizer.Placement.Contract;

/// <summary>How the nodes of a pattern are placed.</summary>
internal enum PatternUse
{
    /// <summary>All in float and nothing written between them, so that the runtime still finds and fuses them.</summary>
    KeepWhole,

    /// <summary>In float but for the last node, the mean over all positions: that reads integers, and what it makes is small.</summary>
    FloatBehindMean,

    /// <summary>A matrix product and the addition behind it: the constant that is added is the product's bias.</summary>
    LinearLayer,
}
