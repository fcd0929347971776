using Quantizer.Calibration.Statistics;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>The files do not exist: whoever looked at one before the options would say so instead.</summary>
public class OptionChecksTests
{
    private static readonly QuantizationOptions Sensible = new() { ModelPath = "no such model.onnx", CalibrationPaths = ["no such data"] };

    private static readonly CompareOptions SensibleComparison = new()
    {
        Fp32Path = "no such model.onnx",
        Int8Path = "nor this.onnx",
        DataPaths = ["no such data"],
    };

    public static TheoryData<string, QuantizationOptions> Senseless =>
        new()
        {
            { "ModelPath", Sensible with { ModelPath = "" } },
            { "CalibrationPaths", Sensible with { CalibrationPaths = [""] } },
            { "CalibrationPaths", Sensible with { CalibrationPaths = null! } },
            { "Frame", Sensible with { Inputs = new InputOptions { Frame = 0 } } },
            {
                "Constants",
                Sensible with
                {
                    Inputs = new InputOptions { Constants = new Dictionary<string, IReadOnlyList<double>> { ["x"] = [] } },
                }
            },
            { "Samples", Sensible with { Samples = 0 } },
            { "EvaluationSamples", Sensible with { EvaluationSamples = 0 } },
            { "Seed", Sensible with { Seed = -1 } },
            { "Threads", Sensible with { Threads = -1 } },
            { "BatchSize", Sensible with { BatchSize = 0 } },
            { "Method", Sensible with { Method = null! } },
            { "Target", Sensible with { Target = null! } },
            { "RandomSamples", Sensible with { CalibrationPaths = [], RandomSamples = 0 } },
            { "RandomSamples", Sensible with { RandomSamples = 8 } },
            { "WeightsOnly", Sensible with { WeightsOnly = (WeightStorage)2 } },
            { "WeightsOnly", Sensible with { WeightsOnly = WeightStorage.Int8, Activations = ActivationMode.Dynamic } },
            { "Statistics", Sensible with { Statistics = (StatisticsMode)2 } },
            { "WeightGranularity", Sensible with { WeightGranularity = (WeightGranularity)2 } },
            { "ChannelScaling", Sensible with { ChannelScaling = (ChannelScaling)3 } },
            { "WeightRanges", Sensible with { WeightRanges = (WeightRangeMethod)3 } },
            { "BiasCorrection", Sensible with { BiasCorrection = (BiasCorrectionMode)4 } },
            { "Channels", Sensible with { Pictures = new PictureOptions { Channels = (ChannelOrder)3 } } },
            { "Resize", Sensible with { Pictures = new PictureOptions { Resize = (ResizeConvention)3 } } },
            { "Interpolation", Sensible with { Pictures = new PictureOptions { Interpolation = (Interpolation)5 } } },
            { "Layout", Sensible with { Pictures = new PictureOptions { Layout = (TensorLayout)2 } } },
            { "Task", Sensible with { Judging = new TaskOptions { Task = (TaskKind)11 } } },
            { "Confidence", Sensible with { Judging = new TaskOptions { Confidence = double.NaN } } },
        };

    public static TheoryData<string, CompareOptions> SenselessComparisons =>
        new()
        {
            { "Fp32Path", SensibleComparison with { Fp32Path = "" } },
            { "Int8Path", SensibleComparison with { Int8Path = "" } },
            { "DataPaths", SensibleComparison with { DataPaths = [] } },
            { "Samples", SensibleComparison with { Samples = 0 } },
            { "Seed", SensibleComparison with { Seed = -1 } },
            { "Threads", SensibleComparison with { Threads = -1 } },
            { "Layout", SensibleComparison with { Pictures = new PictureOptions { Layout = (TensorLayout)2 } } },
            { "Confidence", SensibleComparison with { Judging = new TaskOptions { Confidence = 1 } } },
            { "Confidence", SensibleComparison with { Judging = new TaskOptions { Confidence = -0.1 } } },
        };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void What_cannot_be_meant_is_refused_before_any_work(string name, QuantizationOptions options) =>
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => QuantizationPipeline.Quantize(options)).ParamName);

    [Theory]
    [MemberData(nameof(SenselessComparisons))]
    public void So_it_is_for_comparisons(string name, CompareOptions options) =>
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => QuantizationPipeline.Compare(options)).ParamName);

    [Fact]
    public void Missing_options_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => QuantizationPipeline.Quantize(null!));
        Assert.Throws<ArgumentNullException>(() => QuantizationPipeline.Compare(null!));
        Assert.Equal("modelPath", Assert.Throws<ArgumentException>(() => QuantizationPipeline.Inspect("")).ParamName);
    }
}
