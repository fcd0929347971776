namespace Quantizer.Placement;

/// <summary>What a file holds weights as whose arithmetic stays in float.</summary>
public enum WeightStorage
{
    /// <summary>Integers of 8 bits, with a scale per output channel.</summary>
    Int8,

    /// <summary>Integers of 4 bits in blocks of 32 with a scale and a zero point each, where a matrix product allows it; others as
    /// <see cref="Int8"/>.</summary>
    Int4,
}
