using Quantizer.Choices;

namespace Quantizer.Reporting.Converters;

/// <summary>"partly-float"</summary>
internal sealed class FloorConverter() : WordConverter<FloorOutcome>(Words)
{
    public static WordTable<FloorOutcome> Words { get; } =
        new(
            "outcome",
            [
                (FloorOutcome.Left, "left", "is below its floor"),
                (FloorOutcome.PartlyFloat, "partly-float", "has some nodes in float"),
                (FloorOutcome.Stored, "stored", "stores its weights as integers"),
                (FloorOutcome.Float, "float", "is in float"),
            ]
        );
}
