using System.Text.RegularExpressions;
using Quantizer.Comparison.Tasks;
using Quantizer.Findings;

namespace Quantizer.Reporting.Differences;

/// <summary>Lays two reports beside each other.</summary>
internal static partial class DifferenceFinder
{
    /// <summary>Where the file went changes nothing in it.</summary>
    private const string Output = "output";

    /// <param name="beforePath">The report's own file.</param>
    /// <param name="afterPath">As <paramref name="beforePath"/>.</param>
    public static ReportDifference Of(QuantizationReport before, string beforePath, QuantizationReport after, string afterPath) =>
        new()
        {
            Before = beforePath,
            After = afterPath,
            Figures = [.. Figures(before, after)],
            Speed = before.Latency is { } first && after.Latency is { } second ? new SpeedDifference(first, second) : null,
            Nodes = Nodes(before.Nodes, after.Nodes),
            Tensors = Tensors(before.Tensors, after.Tensors),
            Options = [.. Values(before.Options, after.Options).Where(option => option.Name != Output)],
            NewFindings = Only(after.Findings, before.Findings),
            GoneFindings = Only(before.Findings, after.Findings),
            Versions = [.. Values(Versions(before), Versions(after))],
        };

    /// <summary>Those that are not the same, in the order of the second; then those that only the first has.</summary>
    public static IReadOnlyList<NodeDifference> Nodes(IReadOnlyList<NodeReport> before, IReadOnlyList<NodeReport> after) =>
        [
            .. Pairs(before, after, node => node.Name)
                .Where(pair => pair.Before != pair.After)
                .Select(pair => new NodeDifference(pair.Name, pair.Before, pair.After)),
        ];

    /// <summary>Those that are not the same, the largest ratio first; then those of which there is none.</summary>
    public static IReadOnlyList<TensorDifference> Tensors(IReadOnlyList<TensorReport> before, IReadOnlyList<TensorReport> after) =>
        [
            .. Pairs(before, after, tensor => tensor.Name)
                .Where(pair => !AreSame(pair.Before, pair.After))
                .Select(pair => new TensorDifference(pair.Name, Ratio(pair.Before, pair.After), pair.Before, pair.After))
                .OrderByDescending(tensor => tensor.Ratio ?? 0),
        ];

    private static IEnumerable<FigureDifference> Figures(QuantizationReport before, QuantizationReport after)
    {
        foreach ((string name, TaskFigure? first, TaskFigure? second) in Pairs(FiguresOf(before), FiguresOf(after), figure => figure.Name))
            yield return new FigureDifference(name, (second ?? first)!.Unit, ValueOf(first), ValueOf(second));
        foreach ((string name, OutputReport? first, OutputReport? second) in Pairs(before.Outputs, after.Outputs, output => output.Name))
        {
            yield return new FigureDifference(
                $"SQNR of {name}",
                FigureUnit.Decibels,
                first?.SqnrDb,
                second?.SqnrDb,
                first is not null && second is not null
            );
        }

        yield return new FigureDifference(
            "Multiply-accumulates on integers",
            FigureUnit.Percent,
            before.Integer.PercentInteger,
            after.Integer.PercentInteger
        );
        yield return new FigureDifference("Bytes of FP32", FigureUnit.Count, before.Size.Fp32Bytes, after.Size.Fp32Bytes);
        yield return new FigureDifference("Bytes of INT8", FigureUnit.Count, before.Size.Int8Bytes, after.Size.Int8Bytes);
    }

    private static IReadOnlyList<TaskFigure> FiguresOf(QuantizationReport report) =>
        report.Task is { } task ? [task.Headline, .. task.Figures] : [];

    /// <summary>Of the quantized model, or between both.</summary>
    private static double? ValueOf(TaskFigure? figure) => figure?.Between ?? figure?.Int8;

    private static Dictionary<string, string> Versions(QuantizationReport report)
    {
        Dictionary<string, string> versions = new()
        {
            ["quantize"] = report.Tool.Version,
            ["ONNX Runtime"] = report.Tool.OnnxRuntime,
            ["model"] = report.Model.Sha256,
        };
        if (report.Manifest is { } manifest)
        {
            versions["processor"] = manifest.Processor;
            versions["system"] = manifest.System;
            versions[".NET"] = manifest.DotNet;
        }
        return versions;
    }

    private static IEnumerable<ValueDifference> Values(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> after
    ) =>
        after
            .Keys.Concat(before.Keys.Except(after.Keys))
            .Select(name => new ValueDifference(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            // What is not said and what is said to be nothing is one.
            .Where(value => (value.Before ?? "") != (value.After ?? ""));

    private static IReadOnlyList<Finding> Only(IReadOnlyList<Finding> of, IReadOnlyList<Finding> other)
    {
        HashSet<(FindingSeverity, string, string)> known = [.. other.Select(Key)];
        return [.. of.Where(finding => !known.Contains(Key(finding)))];
    }

    private static (FindingSeverity, string, string) Key(Finding finding) =>
        (finding.Severity, finding.Subject, Numbers().Replace(finding.Message, "#"));

    private static bool AreSame(TensorReport? before, TensorReport? after) =>
        before is not null
        && after is not null
        && (before.ZeroPoint, before.Type, before.Method) == (after.ZeroPoint, after.Type, after.Method)
        && before.Scale.SequenceEqual(after.Scale);

    private static double? Ratio(TensorReport? before, TensorReport? after)
    {
        if (before is null || after is null || before.Scale.Count != after.Scale.Count || before.Scale.Count == 0)
            return null;
        double largest = before.Scale.Zip(after.Scale, (first, second) => Math.Max((double)first / second, (double)second / first)).Max();
        return double.IsFinite(largest) ? largest : null;
    }

    /// <summary>By their names; of several of one name the first is for all.</summary>
    private static IEnumerable<(string Name, T? Before, T? After)> Pairs<T>(
        IReadOnlyList<T> before,
        IReadOnlyList<T> after,
        Func<T, string> name
    )
        where T : class
    {
        Dictionary<string, T> first = before.DistinctBy(name).ToDictionary(name),
            second = after.DistinctBy(name).ToDictionary(name);
        return second
            .Keys.Concat(first.Keys.Where(key => !second.ContainsKey(key)))
            .Select(key => (key, first.GetValueOrDefault(key), second.GetValueOrDefault(key)));
    }

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?")]
    private static partial Regex Numbers();
}
