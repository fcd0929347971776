using Quantizer.Choices;

namespace Quantizer.Findings;

/// <summary>The words for <see cref="FindingSeverity"/>.</summary>
internal static class SeverityWords
{
    public static WordTable<FindingSeverity> Table { get; } =
        new(
            "severity of a finding",
            (FindingSeverity.Info, "info", "is worth knowing"),
            (FindingSeverity.Warning, "warning", "says that the result may not be what was wanted"),
            (FindingSeverity.Error, "error", "says that the result cannot be used as it is")
        );
}
