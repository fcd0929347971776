using Quantizer.Choices;

namespace Quantizer.Pipeline.Forms;

/// <summary>The words for what becomes of slow integers.</summary>
internal static class SlowIntegersWords
{
    public static WordTable<SlowIntegers> Words { get; } =
        new(
            "way with slow integers",
            (SlowIntegers.Measured, "measure", "measures, and only stores weights where nobody would notice the speed"),
            (SlowIntegers.Kept, "keep", "keeps them"),
            (SlowIntegers.Stored, "store", "only stores weights")
        );
}
