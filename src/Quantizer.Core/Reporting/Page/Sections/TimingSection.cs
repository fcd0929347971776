using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Where the run's time went.</summary>
internal sealed class TimingSection() : PageSection("timing", "Time and memory of this run")
{
    public override bool IsIn(QuantizationReport report) => report.Timing.TotalMs > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        TimingReport timing = report.Timing;
        page.Add($"<p>Took {FigureText.Duration(timing.TotalMs)}, {FigureText.Bytes(timing.PeakMemoryBytes)} of memory at its peak.</p>\n");
        if (timing.Stages.Count > 0)
            WriteTimes("stages", "Time by stage, by the clock", TimingText.ByClock(timing), page);
        WriteTimes("work-times", "Time by what was done; of parallel work the sum over the workers", TimingText.Stages(timing), page);
    }

    private static void WriteTimes(string name, string title, IReadOnlyList<(string Stage, double Milliseconds)> stages, PageText page)
    {
        double longest = stages.Select(stage => stage.Milliseconds).DefaultIfEmpty(1).Max();
        PageTable.Write(
            page,
            name,
            title,
            [new("stage"), new("time", ColumnKind.Number), new("", ColumnKind.Bar)],
            stages,
            stage =>
                [stage.Stage, new Cell(FigureText.Duration(stage.Milliseconds), stage.Milliseconds), Cell.Bar(stage.Milliseconds / longest)]
        );
    }
}
