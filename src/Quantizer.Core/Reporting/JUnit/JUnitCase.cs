using Quantizer.Findings;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.JUnit;

/// <summary>A test of the JUnit report.</summary>
/// <param name="Class">What was run on which file, and the group: "quantize.int8.model_onnx.limits". Where the tests of several runs come
/// together, as those of a job do in GitLab, only classes and names tell them apart.</param>
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
            ClassOf(report, "file"),
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
        string group = ClassOf(report, "floor");
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
        return new JUnitCase(ClassOf(report, "limits"), limit.Name, string.Join('\n', findings.Prepend(figures)))
        {
            Failure = limit.Outcome == LimitOutcome.Passed ? "" : limit.Message,
            Type = ReportWords.Limits.WordOf(limit.Outcome),
        };
    }

    /// <summary>The command; <c>data</c> is an option that comparisons alone have.</summary>
    public static string WorkOf(QuantizationReport report) => report.Options.ContainsKey("data") ? "compare" : "quantize";

    /// <summary>Readers take dots for levels, so that those of names become underscores.</summary>
    private static string ClassOf(QuantizationReport report, string group)
    {
        IEnumerable<string> levels = report
            .Model.Output.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)
            .Where(level => level is not ("." or ".."))
            .Select(level => level.Replace('.', '_'));
        return string.Join('.', [WorkOf(report), .. levels, group]);
    }

    private static string Text(Finding finding) => finding.Remedy.Length == 0 ? finding.Message : $"{finding.Message} {finding.Remedy}";
}
