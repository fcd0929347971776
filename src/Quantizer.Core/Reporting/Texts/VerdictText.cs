using Quantizer.Findings;

namespace Quantizer.Reporting.Texts;

/// <summary>What a report comes to, in one sentence.</summary>
internal static class VerdictText
{
    private const string TheSame = "the same";
    private const string Verb = "is ";

    /// <summary>INT8 keeps the floor of its task (Same top class: 99.10 %), is 2.59x faster (±0.08) and 3.41x smaller. What speaks
    /// against it stands behind "but".</summary>
    public static string Of(QuantizationReport report)
    {
        Clause[] clauses = [Task(report.Task), .. Speed(report.Latency), Size(report.Size), .. Limits(report)];
        string good = Join(clauses.Where(clause => clause.IsGood)),
            other = Join(clauses.Where(clause => !clause.IsGood));
        return (good.Length, other.Length) switch
        {
            (_, 0) => $"INT8 {good}.",
            (0, _) => $"INT8 {other}.",
            _ => $"INT8 {good}, but {other}.",
        };
    }

    /// <summary>The same in a word or three.</summary>
    public static string Short(QuantizationReport report) =>
        report switch
        {
            _ when Missed(report) > 0 => "Misses a limit",
            _ when HasError(report) => "Cannot be used as it is",
            { Task: null } => "Not judged",
            { Task.MeetsFloor: false } => "Below its floor",
            _ when IsGood(report) => "Worth taking",
            _ => "A trade",
        };

    /// <summary>The floor is kept, INT8 is both faster, outside of the spread, and smaller, and nothing says that it cannot be
    /// used.</summary>
    public static bool IsGood(QuantizationReport report) =>
        !HasError(report) && Task(report.Task).IsGood && Speed(report.Latency) is [{ IsGood: true }] && Size(report.Size).IsGood;

    /// <summary>Below the floor, or of no use.</summary>
    public static bool IsBad(QuantizationReport report) => HasError(report) || report.Task is { MeetsFloor: false };

    private static bool HasError(QuantizationReport report) => report.Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    private static int Missed(QuantizationReport report) => report.Limits.Count(limit => limit.Outcome != LimitOutcome.Passed);

    private static Clause[] Limits(QuantizationReport report) =>
        Missed(report) is var missed and > 0
            ? [new($"misses {missed} of {FigureText.Count(report.Limits.Count, "limit")}", IsGood: false)]
            : [];

    private static Clause Task(TaskReport? task) =>
        task switch
        {
            null => new("was not judged, for want of data", IsGood: false),
            { MeetsFloor: true } => new($"keeps the floor of its task ({TaskText.Headline(task)})", IsGood: true),
            _ => new($"falls short in its task ({TaskText.Headline(task)})", IsGood: false),
        };

    private static Clause[] Speed(LatencyReport? latency)
    {
        if (latency is null || FigureText.Speed(latency.Speedup, latency.Spread) is not (var text and not FigureText.Missing))
            return [];
        if (text == TheSame)
            return [new("is as fast", IsGood: false)];
        return FigureText.IsWithinSpread(latency.Speedup, latency.Spread) || !double.IsFinite(latency.Spread)
            ? [new($"shows {text} in speed", IsGood: false)]
            : [new($"is {text}", IsGood: latency.Speedup > 1)];
    }

    private static Clause Size(SizeReport size) =>
        FigureText.SizeChange(size.Fp32Bytes, size.Int8Bytes) switch
        {
            TheSame => new("is as large", IsGood: false),
            FigureText.Missing => new("is of unknown size", IsGood: false),
            var change => new($"is {change}", IsGood: size.Int8Bytes < size.Fp32Bytes),
        };

    private static string Join(IEnumerable<Clause> clauses)
    {
        string[] texts = [.. clauses.Select(clause => clause.Text)];
        if (texts.Length < 2)
            return string.Concat(texts);
        // "is faster and smaller": one verb is enough.
        string last =
            texts[^2].StartsWith(Verb, StringComparison.Ordinal) && texts[^1].StartsWith(Verb, StringComparison.Ordinal)
                ? texts[^1][Verb.Length..]
                : texts[^1];
        return $"{string.Join(", ", texts[..^1])} and {last}";
    }

    private readonly record struct Clause(string Text, bool IsGood);
}
