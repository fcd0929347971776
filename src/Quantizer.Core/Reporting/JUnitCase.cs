using Quantizer.Findings;

namespace Quantizer.Reporting;

/// <summary>A test of the JUnit report.</summary>
/// <param name="Class">The group: the written file, or "limits".</param>
/// <param name="Detail">The figures behind it.</param>
internal sealed record JUnitCase(string Class, string Name, string Detail)
{
    /// <summary>What is not kept; empty: nothing.</summary>
    public string Failure { get; init; } = "";

    /// <summary>What kind of failure it is.</summary>
    public string Type { get; init; } = "";

    /// <summary>Why there is nothing to test; empty: there is.</summary>
    public string Skipped { get; init; } = "";

    public static IReadOnlyList<JUnitCase> Of(QuantizationReport report) =>
        [OfFile(report), OfFloor(report), .. report.Limits.Select(limit => OfLimit(limit, report))];

    private static JUnitCase OfFile(QuantizationReport report)
    {
        Finding[] errors =
        [
            .. report.Findings.Where(finding =>
                finding.Severity == FindingSeverity.Error && report.Limits.All(limit => limit.Subject != finding.Subject)
            ),
        ];
        return new JUnitCase(
            "quantize.file",
            "the file opens and runs",
            errors.Length > 0 ? string.Join('\n', errors.Select(Text))
                : report.Latency is { } latency ? $"INT8 takes {FigureText.Duration(latency.Int8Ms)} for one sample."
                : "It was opened; its speed was not measured."
        )
        {
            Failure = errors.Length > 0 ? errors[0].Message : "",
            Type = "finding",
        };
    }

    private static JUnitCase OfFloor(QuantizationReport report)
    {
        const string name = "the task keeps its floor";
        const string group = "quantize.floor";
        if (report.Task is not { } task)
            return Skip("Without data nothing was judged.");
        if (task.GuessedPreparation || report.Data.Evaluation is { Random: true })
            return Skip("The figures prove nothing: on random numbers, or on a guessed preparation.");
        string floor = FigureText.Of(task.Headline.Unit, task.Floor);
        return new JUnitCase(group, name, $"{TaskText.Headline(task)}; the floor is {floor}.")
        {
            Failure = task.MeetsFloor ? "" : TaskText.Headline(task),
            Type = "floor",
        };

        JUnitCase Skip(string why) => new(group, name, "") { Skipped = why };
    }

    private static JUnitCase OfLimit(LimitReport limit, QuantizationReport report)
    {
        string figures = $"{limit.Figure}: found {LimitText.Found(limit)}, asked {LimitText.Asked(limit)}.";
        IEnumerable<string> findings = report.Findings.Where(finding => finding.Subject == limit.Subject).Select(Text);
        return new JUnitCase("quantize.limits", limit.Name, string.Join('\n', findings.Prepend(figures)))
        {
            Failure = limit.Outcome == LimitOutcome.Passed ? "" : limit.Message,
            Type = ReportWords.Limits.WordOf(limit.Outcome),
        };
    }

    private static string Text(Finding finding) => finding.Remedy.Length == 0 ? finding.Message : $"{finding.Message} {finding.Remedy}";
}
