using System.CommandLine;
using Quantizer.Pipeline;

namespace Quantizer.Cli.Flags;

/// <summary>Which parts become integers and how their ranges are chosen.</summary>
internal sealed class MethodFlags
{
    private const string PercentilePrefix = "percentile:";

    private static readonly string[] s_methods = ["auto", "minmax", "percentile", "entropy", "mse"];

    private readonly Option<string?> _method = Method();

    private readonly Option<string?> _statistics = Flag.Choice(
        "--statistics", "HOW", ["exact", "sampled"], "exact counts every value (default); sampled is faster: every extreme value, a sample of the others.");

    private readonly Option<string?> _weights = Flag.Choice(
        "--weights", "HOW", ["per-channel", "per-tensor"], "One scale for each output channel (per-channel, default) or one for the whole weight (per-tensor).");

    private readonly Option<string?> _weightRanges = Flag.Choice(
        "--weight-ranges", "HOW", ["auto", "minmax", "mse"], "minmax keeps every weight in range; mse clips where that lowers the error; auto (default) takes what serves the outputs better.");

    private readonly Option<string?> _target = Flag.Choice("--target", "NAME", ["ort-cpu"], "What the model will run on: ort-cpu, ONNX Runtime on x86-64 or ARM64 processors (default).");

    private readonly Option<string[]> _include = Flag.Repeated(
        "--include", "PATTERN", "Quantize only nodes and tensors whose name matches, such as '/layer1/*'. May be given several times.");

    private readonly Option<string[]> _exclude = Flag.Repeated("--exclude", "PATTERN", "Leave matching nodes and tensors in float. May be given several times.");

    private readonly Option<string[]> _excludeOp = Flag.Repeated("--exclude-op", "TYPE", "Leave all nodes of an operator type in float, such as Gemm. May be given several times.");

    public FlagGroup How => new("How ranges are chosen", [_method, _statistics, _weights, _weightRanges]);

    public FlagGroup What => new("What is quantized", [_target, _include, _exclude, _excludeOp]);

    public QuantizationOptions Apply(ParseResult parse, QuantizationOptions options) => options with
    {
        Method = parse.GetValue(_method) ?? options.Method,
        Statistics = parse.GetValue(_statistics) ?? options.Statistics,
        PerChannelWeights = parse.GetValue(_weights) is { } weights ? weights == "per-channel" : options.PerChannelWeights,
        WeightRanges = parse.GetValue(_weightRanges) ?? options.WeightRanges,
        Target = parse.GetValue(_target) ?? options.Target,
        Include = parse.GetValue(_include) ?? [],
        Exclude = parse.GetValue(_exclude) ?? [],
        ExcludeOpTypes = parse.GetValue(_excludeOp) ?? [],
    };

    private static Option<string?> Method()
    {
        Option<string?> method = Flag.Create<string?>(
            "--method", "NAME",
            "How ranges are chosen from what calibration saw: auto (default: tries them all, the outputs decide), minmax, percentile or percentile:P, entropy, mse.",
            "auto, minmax, percentile, percentile:P with P from 50 to 100 (such as percentile:99.99), entropy or mse",
            static text => (s_methods.Contains(text) || IsPercentile(text), text));
        method.CompletionSources.Add(s_methods);
        return method;
    }

    /// <summary>Below the median nothing of a range would be left.</summary>
    private static bool IsPercentile(string text) =>
        text.StartsWith(PercentilePrefix, StringComparison.Ordinal)
        && NumberText.TryNumber(text[PercentilePrefix.Length..], out double percent) && percent is > 50 and <= 100;
}
