using System.CommandLine;
using System.CommandLine.Parsing;
using Quantizer.Calibration.Statistics;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Forms;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Targets;

namespace Quantizer.Cli.Flags;

/// <summary>Which parts become integers and how their ranges are chosen.</summary>
internal sealed class MethodFlags
{
    private static readonly QuantizationOptions Defaults = new() { ModelPath = "", CalibrationPaths = [] };

    private readonly Option<ActivationMode?> _activations = Flag.Choice(
        "--activations",
        "FORM",
        ActivationWords.Modes,
        $"Where the ranges of activations come from: {ActivationWords.Modes.Explain(ActivationMode.Automatic)} dynamic and none need no --calib."
    );

    private readonly Option<SlowIntegers?> _slowIntegers = Flag.Choice(
        "--slow-integers",
        "HOW",
        SlowIntegersWords.Words,
        $"What becomes of integers that are no faster than float on this processor, with --activations auto: {SlowIntegersWords.Words.Explain(SlowIntegers.Measured)} A report has what it came to."
    );

    private readonly Option<WeightStorage?> _weightsOnly = Flag.Choice(
        "--weights-only",
        "TYPE",
        StorageWords.Types,
        $"Only weights become integers, and arithmetic stays in float: {StorageWords.Types.Explain()} Needs no data; " + "--eval judges it."
    );

    private readonly Option<RangeMethod?> _method = Flag.Choice<RangeMethod>(
        "--method",
        "NAME",
        RangeMethod.Words,
        RangeMethod.TryParse,
        $"How ranges are chosen from what calibration saw: {RangeMethod.Explanation}",
        RangeMethod.Expected
    );

    private readonly Option<StatisticsMode?> _statistics = Flag.Choice(
        "--statistics",
        "HOW",
        StatisticsWords.Modes,
        StatisticsWords.Modes.Explain(StatisticsMode.Exact)
    );

    private readonly Option<WeightGranularity?> _weights = Flag.Choice(
        "--weights",
        "HOW",
        WeightWords.Granularities,
        WeightWords.Granularities.Explain(WeightGranularity.PerChannel)
    );

    private readonly Option<WeightRangeMethod?> _weightRanges = Flag.Choice(
        "--weight-ranges",
        "HOW",
        WeightWords.Ranges,
        WeightWords.Ranges.Explain(WeightRangeMethod.Automatic)
    );

    private readonly Option<ChannelScaling?> _channelScales = Flag.Choice(
        "--channel-scales",
        "HOW",
        ChannelScalingWords.Modes,
        $"Scales per channel that are moved between layers, which changes nothing in FP32: {ChannelScalingWords.Modes.Explain(ChannelScaling.Automatic)}"
    );

    private readonly Option<BiasCorrectionMode?> _biasCorrection = Flag.Choice(
        "--bias-correction",
        "HOW",
        CorrectionWords.Modes,
        $"Whether biases make up for what rounding and clipping shift in the mean, and weights for each other's rounding: {CorrectionWords.Modes.Explain(BiasCorrectionMode.Automatic)}"
    );

    private readonly Option<QuantizationTarget?> _target = Target();

    private readonly Option<string[]> _include = Flag.Repeated(
        "--include",
        "PATTERN",
        "Quantize only nodes and tensors whose name matches, such as '/layer1/*'. May be given several times."
    );

    private readonly Option<string[]> _exclude = Flag.Repeated(
        "--exclude",
        "PATTERN",
        "Leave matching nodes and tensors in float. May be given several times."
    );

    private readonly Option<string[]> _excludeOp = Flag.Repeated(
        "--exclude-op",
        "TYPE",
        "Leave all nodes of an operator type in float, such as Gemm. May be given several times."
    );

    private readonly Option<bool> _standardOnly = Flag.Switch(
        "--standard-only",
        "Write no operator outside of the ONNX standard, though one may be faster: other runtimes than the target can open the file."
    );

    private readonly Option<bool> _noFloor = Flag.Switch(
        "--no-floor",
        "Leave a network as it is that falls below its task's floor in integers, with exit code 3. Otherwise the parts with the most error "
            + $"for their work are given back to float until it does not. The floors: {TaskTable.Floors}. "
            + $"An output that the task does not read keeps {TaskTable.FloorText(TaskKind.Values)}, too."
    );

    private readonly Option<int?> _floorSeconds = Flag.Whole(
        "--floor-seconds",
        0,
        $"Look for what to give back for at most N seconds (default {Defaults.FloorTime.TotalSeconds:0}); then the whole network is."
    );

    /// <summary>What the model is made for.</summary>
    public static Option<QuantizationTarget?> Target() =>
        Flag.Choice<QuantizationTarget>(
            "--target",
            "NAME",
            QuantizationTarget.Words,
            QuantizationTarget.TryParse,
            $"What the model will run on: {QuantizationTarget.Explanation}"
        );

    public FlagGroup How => new("How ranges are chosen", [_method, _statistics, _weights, _weightRanges, _channelScales, _biasCorrection]);

    public FlagGroup What =>
        new(
            "What is quantized",
            [_target, _activations, _slowIntegers, _weightsOnly, _include, _exclude, _excludeOp, _standardOnly, _noFloor, _floorSeconds]
        );

    /// <summary>Where only weights become integers, activations have no form.</summary>
    public void Check(CommandResult command)
    {
        if (
            command.GetResult(_weightsOnly) is { Errors: var errors } weights
            && !errors.Any()
            && weights.Tokens.Count > 0
            && command.GetResult(_activations) is { Tokens: [{ Value: var form }] }
            && form != ActivationWords.Modes.WordOf(ActivationMode.None)
        )
        {
            command.AddError($"Options '--weights-only' and '--activations {form}' contradict each other; give one of them.");
        }
    }

    public QuantizationOptions Apply(ParseResult parse, QuantizationOptions options) =>
        options with
        {
            Activations = parse.GetValue(_activations) ?? options.Activations,
            SlowIntegers = parse.GetValue(_slowIntegers) ?? options.SlowIntegers,
            WeightsOnly = parse.GetValue(_weightsOnly),
            KeepsFloor = !parse.GetValue(_noFloor),
            FloorTime = parse.GetValue(_floorSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.FloorTime,
            Method = parse.GetValue(_method) ?? options.Method,
            Statistics = parse.GetValue(_statistics) ?? options.Statistics,
            WeightGranularity = parse.GetValue(_weights) ?? options.WeightGranularity,
            ChannelScaling = parse.GetValue(_channelScales) ?? options.ChannelScaling,
            WeightRanges = parse.GetValue(_weightRanges) ?? options.WeightRanges,
            BiasCorrection = parse.GetValue(_biasCorrection) ?? options.BiasCorrection,
            Target = parse.GetValue(_target) ?? options.Target,
            Include = parse.GetValue(_include) ?? [],
            Exclude = parse.GetValue(_exclude) ?? [],
            ExcludeOpTypes = parse.GetValue(_excludeOp) ?? [],
            StandardOnly = parse.GetValue(_standardOnly),
        };
}
