using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Where the run's time went.</summary>
internal sealed class TimingSection() : PageSection("timing", "Time and memory of this run")
{
    public override bool IsIn(QuantizationReport report) => report.Timing.TotalMs > 0;

    public override void Write(QuantizationReport report, PageText page)
    {
        TimingReport timing = report.Timing;
        IReadOnlyList<(string Stage, double Milliseconds)> stages = TimingText.Stages(timing);
        double longest = stages.Select(stage => stage.Milliseconds).DefaultIfEmpty(1).Max();
        page.Add($"<p>Took {FigureText.Duration(timing.TotalMs)}, {FigureText.Bytes(timing.PeakMemoryBytes)} of memory at its peak. ");
        page.Add($"Times of parallel work are sums over the workers.</p>\n");
        PageTable.Write(
            page,
            "stages",
            "Time by stage",
            [new("stage"), new("time", ColumnKind.Number), new("", ColumnKind.Bar)],
            stages,
            stage =>
                [stage.Stage, new Cell(FigureText.Duration(stage.Milliseconds), stage.Milliseconds), Cell.Bar(stage.Milliseconds / longest)]
        );
    }
}
