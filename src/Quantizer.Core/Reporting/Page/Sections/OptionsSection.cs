using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>The resolved options.</summary>
internal sealed class OptionsSection() : PageSection("options", "Options of this run")
{
    public override bool IsIn(QuantizationReport report) => report.Options.Any(option => option.Value.Length > 0);

    public override void Write(QuantizationReport report, PageText page) =>
        PageTable.Write(
            page,
            "option-table",
            "As they were resolved, defaults included",
            [new("option", ColumnKind.Name), new("value", ColumnKind.Name)],
            [.. report.Options.Where(option => option.Value.Length > 0)],
            option => ["--" + option.Key, option.Value]
        );
}
