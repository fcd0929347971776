using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Texts;

/// <summary>Why a tensor has a range that noticeably more error was expected of than of another one.</summary>
internal static class RangeReason
{
    /// <summary>Less is no more than estimates of two selectors differ by.</summary>
    private const double NoticeableDb = 0.3;

    /// <summary>The method that chooses for each network by its outputs.</summary>
    private const string Automatic = "auto";

    /// <summary>What joined tensors are called by: "as input".</summary>
    private const string Joined = "as ";

    /// <summary>A sentence; empty where the range is about the best expected one, or there is none.</summary>
    public static string Of(TensorHistogram histogram, QuantizationReport report)
    {
        RangeThreshold? best = histogram.Thresholds.MaxBy(threshold => threshold.ExpectedSqnrDb ?? double.PositiveInfinity);
        double? taken =
            report.Tensors.FirstOrDefault(tensor => tensor.Name == histogram.Name)?.SqnrDb
            ?? histogram.Thresholds.FirstOrDefault(threshold => threshold.Method == histogram.Chosen)?.ExpectedSqnrDb;
        if (histogram.Chosen.Length == 0 || best?.ExpectedSqnrDb is not { } most || !(most - taken > NoticeableDb))
            return "";
        string lost = $"{FigureText.Decibels(most - taken)} less than {best.Method} is expected of it";
        if (histogram.Chosen.StartsWith(Joined, StringComparison.Ordinal))
            return $"{lost}: it has the range of a tensor that it is joined with.";
        if (report.Options.GetValueOrDefault("method") is { } asked and not Automatic)
            return $"{lost}: --method {asked} was asked for.";
        return histogram.Chosen == MethodOfMost(report)
            ? $"{lost}: the outputs decided, which keep most where the network has ranges by {histogram.Chosen}."
            : $"{lost}: the outputs decided, which keep more where this tensor alone has its range by {histogram.Chosen}.";
    }

    /// <summary>A search starts with one selector for all, and moves few tensors away from it.</summary>
    private static string? MethodOfMost(QuantizationReport report) =>
        report
            .Details?.Histograms.Where(histogram => histogram.Chosen.Length > 0)
            .CountBy(histogram => histogram.Chosen)
            .MaxBy(method => method.Value)
            .Key;
}
