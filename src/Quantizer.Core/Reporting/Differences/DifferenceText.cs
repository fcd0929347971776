using System.Globalization;
using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Differences;

/// <summary>How differences read to people, the same on the terminal and in Markdown.</summary>
internal static class DifferenceText
{
    public static string Of(FigureDifference figure, double? value) =>
        value is null && !figure.IsIdentityNull
            ? FigureText.Missing
            : FigureText.Of(figure.Unit, figure.IsIdentityNull && value is null ? double.PositiveInfinity : value);

    /// <summary>With its sign, in the figure's unit; empty where nothing changed.</summary>
    public static string Change(FigureDifference figure) =>
        (figure.Before, figure.After, figure.Unit) switch
        {
            _ when !figure.Differs => "",
            ({ } before, { } after, FigureUnit.Decibels) => string.Create(
                CultureInfo.InvariantCulture,
                $"{after - before:+0.0;-0.0;0.0} dB"
            ),
            ({ } before, { } after, FigureUnit.Count) => string.Create(CultureInfo.InvariantCulture, $"{after - before:+#,0;-#,0;0}"),
            ({ } before, { } after, _) => FigureText.Change(figure.Unit, before, after),
            _ => "",
        };

    /// <summary>2.59x ±0.08</summary>
    public static string Speed(LatencyReport latency) =>
        string.Create(CultureInfo.InvariantCulture, $"{latency.Speedup:0.00}x ±{latency.Spread:0.00}");

    public static string Change(SpeedDifference speed) =>
        !speed.IsClear ? "no clear difference"
        : speed.After.Speedup > speed.Before.Speedup ? "faster"
        : "slower";

    /// <summary>"int8 -> float: excluded by --exclude; kernel QLinearConv -> Conv"</summary>
    public static string Change(NodeDifference node)
    {
        if (node.Before is not { } before)
            return $"new, {Decision(node.After!)}";
        if (node.After is not { } after)
            return $"gone, was {Decision(before)}";
        List<string> parts = [];
        if (Decision(before) != Decision(after))
            parts.Add($"{Decision(before)} -> {Decision(after)}{(after.Reason.Length > 0 ? $": {after.Reason}" : "")}");
        else if (before.Reason != after.Reason)
            parts.Add($"{Decision(after)}, reason '{before.Reason}' -> '{after.Reason}'");
        if (before.Kernel != after.Kernel)
            parts.Add($"kernel {before.Kernel ?? "none"} -> {after.Kernel ?? "none"}");
        if (before.OpType != after.OpType)
            parts.Add($"operator {before.OpType} -> {after.OpType}");
        return string.Join("; ", parts);
    }

    public static string Ratio(TensorDifference tensor) =>
        tensor.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.000}") : FigureText.Missing;

    /// <summary>"0.0187, 114, uint8, minmax"; of several scales the largest.</summary>
    public static string Range(TensorReport? tensor) =>
        tensor is null
            ? "none"
            : string.Join(
                ", ",
                [
                    FigureText.Short(tensor.Scale.Count == 0 ? double.NaN : tensor.Scale.Max()),
                    tensor.ZeroPoint.ToString(CultureInfo.InvariantCulture),
                    tensor.Type,
                    .. tensor.Method.Length > 0 ? [tensor.Method] : Array.Empty<string>(),
                ]
            );

    public static string Value(string? value) => value is null or "" ? "none" : value;

    private static string Decision(NodeReport node) =>
        ReportWords.Decisions.WordOf(node.Decision) + (node.StoredAs is { } type && type != "int8" ? $" ({type})" : "");
}
