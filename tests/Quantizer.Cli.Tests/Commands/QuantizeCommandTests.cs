using Quantizer.Calibration.Statistics;
using Quantizer.Correction;
using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Targets;

namespace Quantizer.Cli.Tests.Commands;

public sealed class QuantizeCommandTests
{
    [Fact]
    public void Two_paths_are_enough_and_the_rest_are_the_librarys_defaults()
    {
        QuantizationOptions defaults = new() { ModelPath = "model.onnx", CalibrationPaths = ["./images"] };

        QuantizationOptions asked = Ask("model.onnx", "--calib", "./images");

        Assert.Equal(defaults.CalibrationPaths, asked.CalibrationPaths);
        Assert.Equal(defaults.EvaluationPaths, asked.EvaluationPaths);
        Assert.Equivalent(defaults.Inputs, asked.Inputs, strict: true);
        Assert.Equal(defaults.Include, asked.Include);
        Assert.Equal(defaults.Exclude, asked.Exclude);
        Assert.Equal(defaults.ExcludeOpTypes, asked.ExcludeOpTypes);
        Assert.Equal(defaults.ArgumentFiles, asked.ArgumentFiles);
        Assert.Equal(["model.onnx", "--calib", "./images"], asked.Arguments);
        Assert.Equal(
            defaults,
            asked with
            {
                ArgumentFiles = defaults.ArgumentFiles,
                Arguments = defaults.Arguments,
                CalibrationPaths = defaults.CalibrationPaths,
                EvaluationPaths = defaults.EvaluationPaths,
                Inputs = defaults.Inputs,
                Include = defaults.Include,
                Exclude = defaults.Exclude,
                ExcludeOpTypes = defaults.ExcludeOpTypes,
            }
        );
    }

    [Fact]
    public void Every_option_reaches_the_pipeline()
    {
        QuantizationOptions asked = Ask(
            "m.onnx",
            "--calib",
            "train",
            "--eval",
            "val",
            "--labels",
            "val.txt",
            "-o",
            "out.onnx",
            "--samples",
            "100",
            "--eval-samples",
            "50",
            "--seed",
            "7",
            "--batch",
            "4",
            "--threads",
            "3",
            "--method",
            "percentile:99.99",
            "--statistics",
            "sampled",
            "--target",
            "ort-cpu",
            "--weights",
            "per-tensor",
            "--weight-ranges",
            "mse",
            "--bias-correction",
            "off",
            "--include",
            "/a/*",
            "--include",
            "/b/*",
            "--exclude",
            "/c",
            "--exclude-op",
            "Gemm",
            "--exclude-op",
            "MatMul",
            "--standard-only"
        );

        Assert.Equal("train", asked.CalibrationPaths.Single());
        Assert.Equal("val", asked.EvaluationPaths.Single());
        Assert.Equal("val.txt", asked.LabelsPath);
        Assert.Equal("out.onnx", asked.OutputPath);
        Assert.Equal((100, 50, 7), (asked.Samples, asked.EvaluationSamples, asked.Seed));
        Assert.Equal((4, 3), (asked.BatchSize, asked.Threads));
        Assert.Equal(
            (RangeMethod.Percentile(99.99), StatisticsMode.Sampled, QuantizationTarget.OnnxRuntimeCpu),
            (asked.Method, asked.Statistics, asked.Target)
        );
        Assert.Equal((WeightGranularity.PerTensor, WeightRangeMethod.SquaredError), (asked.WeightGranularity, asked.WeightRanges));
        Assert.Equal(BiasCorrectionMode.Off, asked.BiasCorrection);
        Assert.Equal(["/a/*", "/b/*"], asked.Include);
        Assert.Equal(["/c"], asked.Exclude);
        Assert.Equal(["Gemm", "MatMul"], asked.ExcludeOpTypes);
        Assert.True(asked.StandardOnly);
    }

    [Fact]
    public void Every_picture_option_reaches_the_pipeline()
    {
        QuantizationOptions asked = Ask(
            "m.onnx",
            "--calib",
            "c",
            "--preset",
            "imagenet",
            "--mean",
            "0.5,-0.25,1/4",
            "--std=1,2,3",
            "--scale",
            "1/255",
            "--channels",
            "bgr",
            "--resize",
            "letterbox",
            "--interpolation",
            "pillow-bilinear",
            "--size",
            "320x240",
            "--layout",
            "nhwc"
        );

        Assert.Equal(PicturePreset.ImageNet, asked.Pictures.Preset);
        Assert.Equal([0.5f, -0.25f, 0.25f], asked.Pictures.Mean);
        Assert.Equal([1f, 2f, 3f], asked.Pictures.Std);
        Assert.Equal(1 / 255f, asked.Pictures.Scale);
        Assert.Equal(
            (ChannelOrder.Bgr, ResizeConvention.Letterbox, Interpolation.PillowBilinear, TensorLayout.Nhwc),
            (asked.Pictures.Channels, asked.Pictures.Resize, asked.Pictures.Interpolation, asked.Pictures.Layout)
        );
        Assert.Equal((320, 240), asked.Pictures.Size);
    }

    [Fact]
    public void One_number_is_a_square_and_auto_means_not_said()
    {
        QuantizationOptions asked = Ask("m.onnx", "--calib", "c", "--size", "224", "--preset", "auto", "--layout", "auto");

        Assert.Equal((224, 224), asked.Pictures.Size);
        Assert.Null(asked.Pictures.Preset);
        Assert.Null(asked.Pictures.Layout);
    }

    [Fact]
    public void Arguments_can_come_from_a_file()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "m.onnx\n--calib\ndata\n");
        try
        {
            Assert.Equal("data", Ask("@" + path).CalibrationPaths.Single());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Data_may_be_named_like_a_command() =>
        Assert.Equal("inspect", Ask("m.onnx", "--calib", "inspect").CalibrationPaths.Single());

    private static QuantizationOptions Ask(params string[] arguments)
    {
        using ProgramRun run = new();
        Assert.Equal((ExitCodes.Done, ""), (run.Run(arguments), run.Error));
        return run.Asked!;
    }
}
