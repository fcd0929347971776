using Quantizer.Choices;

namespace Quantizer.Placement;

/// <summary>The words for what weights are stored as.</summary>
internal static class StorageWords
{
    public static WordTable<WeightStorage> Types { get; } =
        new(
            "type of stored weights",
            (WeightStorage.Int8, "int8", "takes 8 bits, and FP32's time"),
            (WeightStorage.Int4, "int4", "takes 4 bits in blocks of 32 for matrix products and 8 for the rest, and pays for short inputs")
        );
}
