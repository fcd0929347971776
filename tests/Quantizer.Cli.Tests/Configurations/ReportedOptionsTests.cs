using Quantizer.Cli.Configurations;
using Quantizer.Limits;
using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Reports;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Configurations;

public sealed class ReportedOptionsTests
{
    /// <summary>What a report is told by, and not what a run is; limits are in it where they were judged.</summary>
    private static readonly string[] NoOptions =
    [
        "model",
        "report",
        "json",
        "details",
        "quiet",
        "verbose",
        .. LimitTable.All.Select(limit => limit.Name),
    ];

    private static readonly PreparationChoice Custom = PreparationChoice.Of(
        new PreparationCandidate(
            PreparationCandidate.Custom,
            new PicturePreparation(
                new PictureGeometry(32, 16, ResizeConvention.Letterbox, Interpolation.OpenCvLinear, IsGray: false),
                1 / 255f,
                [0.1f, 0.2f, 1 / 3f],
                [0.5f, 0.25f, 1],
                ChannelOrder.Bgr,
                TensorLayout.Nhwc
            )
        ),
        ChoiceGround.Guess,
        null,
        ""
    );

    [Fact]
    public void Every_option_of_a_report_makes_the_same_options_again()
    {
        string[] arguments =
        [
            "my models/m.onnx",
            .. ConfigurationFile
                .FieldsOf(Commands.Quantize)
                .Where(field => !NoOptions.Contains(field.Name) && field.Name is not ("random" or "weights-only") && !IsOfPictures(field))
                .SelectMany(Arguments),
        ];
        QuantizationOptions asked = Ask(arguments);
        QuantizationReport report = ReportOf(asked);

        QuantizationOptions again = Ask([.. ReportedOptions.Arguments(report, Commands.Quantize)]);

        Assert.Equivalent(
            asked with
            {
                ModelPath = "my models/m.onnx",
                Pictures = again.Pictures,
            },
            again with
            {
                OutputPath = asked.OutputPath,
                Arguments = asked.Arguments,
            },
            strict: true
        );
        Assert.Equal(
            (1 / 255f, ChannelOrder.Bgr, ResizeConvention.Letterbox, Interpolation.OpenCvLinear, TensorLayout.Nhwc),
            (again.Pictures.Scale, again.Pictures.Channels, again.Pictures.Resize, again.Pictures.Interpolation, again.Pictures.Layout)
        );
        Assert.Equal([0.1f, 0.2f, 1 / 3f], again.Pictures.Mean);
        Assert.Equal([0.5f, 0.25f, 1], again.Pictures.Std);
        Assert.Equal((32, 16), again.Pictures.Size);
    }

    [Fact]
    public void Every_option_is_in_the_report()
    {
        string[] arguments =
        [
            "m.onnx",
            .. ConfigurationFile
                .FieldsOf(Commands.Quantize)
                .Where(field => !NoOptions.Contains(field.Name) && field.Name is not ("random" or "weights-only") && !IsOfPictures(field))
                .SelectMany(Arguments),
        ];
        IReadOnlyDictionary<string, string> options = ReportOf(Ask(arguments)).Options;

        Assert.Empty(
            ConfigurationFile
                .FieldsOf(Commands.Quantize)
                .Select(field => field.Name)
                // A preset is its values, where those are no preset's.
                .Except([.. NoOptions, "preset"])
                .Except(options.Keys)
        );
        Assert.Empty(options.Keys.Except(ConfigurationFile.FieldsOf(Commands.Quantize).Select(field => field.Name)));
    }

    [Fact]
    public void Relative_paths_begin_where_the_first_run_was()
    {
        QuantizationReport report = ReportOf(Ask("m.onnx", "--calib", "my pictures", "--calib", "x=/abs/x.npy", "-o", "o.onnx")) with
        {
            Manifest = new ManifestReport([], "/work", "", "", 1, "", "", default),
        };

        QuantizationOptions again = Ask([.. ReportedOptions.Arguments(report, Commands.Quantize)]);

        Assert.Equal(Path.Combine("/work", "m.onnx"), again.ModelPath);
        Assert.Equal([Path.Combine("/work", "my pictures"), "x=/abs/x.npy"], again.CalibrationPaths);
        Assert.Equal(Path.Combine("/work", "o.onnx"), again.OutputPath);
    }

    [Fact]
    public void An_option_that_nobody_knows_is_refused()
    {
        QuantizationReport report = ReportOf(Ask("m.onnx", "--calib", "c"));
        report = report with { Options = new Dictionary<string, string>(report.Options) { ["magic"] = "on" } };

        Assert.Contains(
            "the option 'magic', which this version does not know",
            Assert.Throws<QuantizationException>(() => ReportedOptions.Arguments(report, Commands.Quantize)).Message
        );
    }

    [Theory]
    [InlineData("kept", true)]
    [InlineData("not-kept", false)]
    public void The_old_name_of_the_floor_is_read(string old, bool keeps)
    {
        QuantizationReport report = ReportOf(Ask("m.onnx", "--calib", "c"));
        Dictionary<string, string> options = new(report.Options) { ["floor"] = old };
        options.Remove("no-floor");

        Assert.Equal(keeps, Ask([.. ReportedOptions.Arguments(report with { Options = options }, Commands.Quantize)]).KeepsFloor);
    }

    private static QuantizationReport ReportOf(QuantizationOptions options) =>
        ExampleReports.Classifier with
        {
            Model = ExampleReports.Classifier.Model with { Path = options.ModelPath },
            Options = ReportParts.Options(options, options.OutputPath ?? "out.onnx", Custom),
        };

    private static bool IsOfPictures(ConfigurationField field) =>
        field.Name is "preset" or "mean" or "std" or "scale" or "channels" or "resize" or "interpolation" or "size" or "layout";

    /// <summary>Values that need care: with spaces where texts may have them, and no defaults.</summary>
    private static string[] Arguments(ConfigurationField field) =>
        field.Kind switch
        {
            FieldKind.Switch => [$"--{field.Name}"],
            FieldKind.Whole => [$"--{field.Name}=7"],
            FieldKind.Number => [$"--{field.Name}=0.125"],
            FieldKind.Numbers => [$"--{field.Name}=1,2,3"],
            FieldKind.Texts when field.Name == "input" => ["--input=sr=16000", "--input=a b=1,2.5"],
            FieldKind.Texts when field.Name == "feedback" => ["--feedback=hn=h0", "--feedback=c n=c0"],
            FieldKind.Texts => [$"--{field.Name}=one two", $"--{field.Name}=\"three"],
            _ when field.Name == "method" => ["--method=percentile:99.5"],
            _ => [$"--{field.Name}={(field.Words is [.., var last] ? last : "a file")}"],
        };

    private static QuantizationOptions Ask(params string[] arguments)
    {
        using ProgramRun run = new();
        int code = run.Run(arguments);
        Assert.True(code == ExitCodes.Done, run.Error);
        return run.Asked!;
    }
}
