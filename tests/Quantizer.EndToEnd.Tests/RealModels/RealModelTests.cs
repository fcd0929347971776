using System.Text.Json;
using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Execution;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.RealModels;

/// <summary>Real networks with nothing but their data, which is all that a user has to give.</summary>
public sealed class RealModelTests : IDisposable
{
    /// <summary>What is placed must also run as integers: the rest would only cost accuracy.</summary>
    private const double LeastIntegerShare = 95.0;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>
    /// Floors lie 2 to 3 points and about 3 dB below what was measured when these rows were written.
    /// </summary>
    [SharedFolderTheory]
    [InlineData("resnet20-cifar10-bn", "cifar10-calib", 512, 97.0, 27.0, "imagenet", "batch-normalization")]
    [InlineData("resnet20-cifar10-folded", "cifar10-calib", 512, 97.0, 27.0, "imagenet", "class-accuracy")]
    [InlineData("resnet56-cifar10-bn", "cifar10-calib", 512, 94.5, 25.0, "imagenet", "batch-normalization")]
    [InlineData("mobilenetv2-cifar10-bn", "cifar10-calib", 512, 97.0, 31.5, "cifar10", "batch-normalization")]
    [InlineData("mobilenetv2-cifar10-folded", "cifar10-calib", 512, 97.5, 32.0, "cifar10", "class-accuracy")]
    [InlineData("resnet8-mlperf", "cifar10-calib", 512, 95.0, 23.0, "raw", "batch-normalization")]
    [InlineData("vww-mlperf", "pictures", 34, 97.0, 31.0, "zero-one", "batch-normalization")]
    [InlineData("ultraface-rfb-320", "faces", 6, null, 43.0, "minus-one-one", "batch-normalization")]
    [InlineData("fastestdet", "objects", 3, null, 12.0, "zero-one", "guess", "--preset guess")]
    [InlineData("fastestdet", "objects", 3, null, 12.0, null, "flags", "--preset zero-one --channels bgr")]
    [InlineData("kws-mlperf", "kws-features.npz", 59, 96.0, 28.0, null, null)]
    [InlineData("mnist-8", "digits", 4, 100.0, 44.0, null, "flags", "--preset raw")]
    public void It_is_quantized_well_given_nothing_but_data(
        string name,
        string data,
        int samples,
        double? leastAgreement,
        double leastSqnrDb,
        string? preset,
        string? chosenBy,
        string? flags = null
    )
    {
        string model = SharedFolder.Model($"{name}.onnx"),
            output = _workspace.PathOf("out.onnx"),
            before = Workspace.Fingerprint(model);
        // How fast integers are is the processor's.
        List<string> arguments = [model, "--calib", SharedFolder.Data(data), "-o", output, "--slow-integers", "keep", "--json"];
        if (flags is not null)
            arguments.AddRange(flags.Split(' '));
        // Of fewer samples a few more that differ would lie below the floor, and have nodes given back.
        if (data == "cifar10-calib")
            arguments.AddRange(["--eval", SharedFolder.Data("cifar10-val"), "--eval-samples", "1000"]);

        JsonElement report = CommandLine.Run([.. arguments]).MustSucceed().Json();

        Assert.Equal(before, Workspace.Fingerprint(model));
        Assert.Equal(samples, report.GetProperty("data").GetProperty("calibration").GetProperty("samples").GetInt32());
        AssertIntegers(report);
        AssertReasons(report);
        AssertQuality(report, leastAgreement, leastSqnrDb);
        AssertPreparation(report, preset, chosenBy);
        AssertLoads(model, output);
        Assert.True(new FileInfo(output).Length < new FileInfo(model).Length * 0.75, "The result is hardly smaller.");
    }

    [SharedFolderTheory]
    [InlineData("mnist-8", "digits", "does not separate the scales (4 pictures)")]
    [InlineData("fastestdet", "objects", "Nothing tells how this model wants its pictures")]
    public void A_preparation_that_nothing_tells_is_asked_for_before_the_work(string name, string data, string why)
    {
        string model = SharedFolder.Model($"{name}.onnx"),
            output = _workspace.PathOf("out.onnx");

        ProgramResult result = CommandLine.Run(model, "--calib", SharedFolder.Data(data), "-o", output);

        Assert.Equal((ExitCodes.WrongUsage, ""), (result.ExitCode, result.Out));
        Assert.Contains(why, result.Error);
        Assert.Contains("\n  --preset zero-one", result.Error);
        Assert.Contains("\n  --preset guess", result.Error);
        Assert.False(File.Exists(output));
    }

    [SharedFolderFact]
    public void A_guess_marks_every_accuracy_figure()
    {
        JsonElement report = CommandLine
            .Run(
                SharedFolder.Model("mnist-8.onnx"),
                "--calib",
                SharedFolder.Data("digits"),
                "--preset",
                "guess",
                "-o",
                _workspace.PathOf("out.onnx"),
                "--json"
            )
            .MustSucceed()
            .Json();

        Assert.True(report.GetProperty("preprocessing").GetProperty("guessed").GetBoolean());
        Assert.True(report.GetProperty("accuracy").GetProperty("guessedPreparation").GetBoolean());
        Assert.All(
            report.GetProperty("outputs").EnumerateArray(),
            output => Assert.True(output.GetProperty("guessedPreparation").GetBoolean())
        );
        Assert.Contains(
            report.GetProperty("findings").EnumerateArray(),
            finding =>
                finding
                    .GetProperty("message")
                    .GetString()!
                    .StartsWith("The preparation of the pictures is a guess", StringComparison.Ordinal)
        );
    }

    [SharedFolderFact]
    public void A_model_that_came_quantized_is_refused_by_what_it_holds()
    {
        string model = SharedFolder.Model("tashkeel-int8.onnx");

        Refusal.IsFailure(
            _workspace,
            [model, "--calib", SharedFolder.Data("kws-features.npz"), "-o", _workspace.PathOf("out.onnx")],
            "quantized already",
            "2 DynamicQuantizeLSTM",
            "1 MatMulInteger"
        );
        Assert.True(CommandLine.Run("inspect", model, "--json").MustSucceed().Json().GetProperty("isQuantized").GetBoolean());
    }

    [SharedFolderFact]
    public void A_recurrent_model_asks_for_all_of_its_inputs()
    {
        string model = SharedFolder.Model("silero-vad.onnx"),
            output = _workspace.PathOf("out.onnx");

        Refusal.IsFailure(
            _workspace,
            [model, "--calib", SharedFolder.Data("kws-features.npz"), "-o", output],
            "kws-features.npz' has no data for inputs 'input' [?, ?], 'sr' []",
            "Found array 'x'",
            "--input input=VALUE"
        );
        Refusal.IsFailure(
            _workspace,
            [model, "--calib", SharedFolder.Data("pictures"), "-o", output],
            "The model has 3 inputs",
            "'state' [2, ?, 128]",
            "--calib input=FOLDER, and give each other input pictures or arrays of its own"
        );
    }

    [SharedFolderTheory]
    // Measured: 26.0 dB of the state, 0.88 MiB of 2.22 MiB.
    [InlineData("silero-vad", "--frame 576 --hop 512 --feedback stateN=state", 2.4, 25.0)]
    // Measured: 35.9 dB of the state, 0.74 MiB of 1.72 MiB.
    [InlineData("silero-vad-legacy", "--frame 512 --feedback hn=h --feedback cn=c", 2.2, 33.0)]
    public void Weights_inside_branches_are_stored(string name, string flags, double leastRatio, double leastMedianDb)
    {
        string model = SharedFolder.Model($"{name}.onnx"),
            output = _workspace.PathOf("out.onnx");

        JsonElement report = CommandLine
            .Run([
                model,
                "--calib",
                SharedFolder.Data("silero-test.wav"),
                .. flags.Split(' '),
                .. "--input sr=16000 --samples 100 --activations none --json -o".Split(' '),
                output,
            ])
            .MustSucceed()
            .Json();

        Assert.InRange((double)new FileInfo(model).Length / new FileInfo(output).Length, leastRatio, 4);
        Assert.All(
            report.GetProperty("outputs").EnumerateArray(),
            found => Assert.InRange(found.GetProperty("medianDb").GetDouble(), leastMedianDb, 120)
        );
    }

    [SharedFolderTheory]
    [InlineData("conv2d_4")]
    // Merged into conv2d_4: the user's file knows it still.
    [InlineData("batch_normalization_4")]
    public void A_node_excluded_by_its_name_really_stays_in_float(string pattern)
    {
        string model = SharedFolder.Model("resnet8-mlperf.onnx");
        string[] arguments =
        [
            model,
            "--calib",
            SharedFolder.Data("cifar10-calib"),
            "--samples",
            "8",
            "--method",
            "minmax",
            "-o",
            _workspace.PathOf("out.onnx"),
            "--json",
        ];

        JsonElement quantized = NodeOf(CommandLine.Run(arguments).MustSucceed().Json(), "conv2d_4");
        JsonElement excluded = NodeOf(CommandLine.Run([.. arguments, "--exclude", pattern]).MustSucceed().Json(), "conv2d_4");

        Assert.Equal(("int8", "QLinearConv"), (quantized.GetProperty("decision").GetString(), quantized.GetProperty("kernel").GetString()));
        Assert.Equal("float", excluded.GetProperty("decision").GetString());
        Assert.Equal($"excluded by --exclude {pattern}", excluded.GetProperty("reason").GetString());
        Assert.DoesNotContain("QLinear", excluded.GetProperty("kernel").GetString());
    }

    private static void AssertIntegers(JsonElement report)
    {
        double placed = report.GetProperty("integer").GetProperty("percentPlaced").GetDouble(),
            running = report.GetProperty("integer").GetProperty("percentInteger").GetDouble();
        Assert.True(placed > 75, $"Only {placed} % of the multiply-accumulates are placed.");
        Assert.True(
            running >= placed * LeastIntegerShare / 100,
            $"{placed} % of the multiply-accumulates are placed, {running} % run as integers."
        );
    }

    private static void AssertReasons(JsonElement report)
    {
        JsonElement[] nodes = [.. report.GetProperty("nodes").EnumerateArray()];
        Assert.NotEmpty(nodes);
        Assert.All(
            nodes,
            node =>
                Assert.Equal(
                    node.GetProperty("decision").GetString() is "float" or "stored",
                    node.GetProperty("reason").GetString()!.Length > 0
                )
        );
        Assert.DoesNotContain(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("severity").GetString() == "error"
        );
    }

    private static void AssertQuality(JsonElement report, double? leastAgreement, double leastSqnrDb)
    {
        if (leastAgreement is { } floor)
        {
            double agreement = report.GetProperty("accuracy").GetProperty("agreement").GetDouble();
            Assert.True(agreement >= floor, $"Agreement is {agreement} %.");
        }
        Assert.All(
            report.GetProperty("outputs").EnumerateArray(),
            output =>
            {
                double sqnr = output.GetProperty("sqnrDb").GetDouble();
                Assert.True(sqnr >= leastSqnrDb, $"{output.GetProperty("name")}: {sqnr} dB.");
            }
        );
    }

    private static void AssertPreparation(JsonElement report, string? preset, string? chosenBy)
    {
        JsonElement preprocessing = report.GetProperty("preprocessing");
        if (chosenBy is null)
        {
            Assert.Equal(JsonValueKind.Null, preprocessing.ValueKind);
            return;
        }
        Assert.Equal(chosenBy, preprocessing.GetProperty("chosenBy").GetString());
        if (preset is null)
            return;
        Assert.Equal((preset, "rgb"), (preprocessing.GetProperty("preset").GetString(), preprocessing.GetProperty("channels").GetString()));
    }

    private static void AssertLoads(string model, string output)
    {
        using InferenceModel fp32 = InferenceModel.Load(model),
            int8 = InferenceModel.Load(output);
        Assert.Equal(fp32.Inputs.Select(input => (input.Name, input.Type)), int8.Inputs.Select(input => (input.Name, input.Type)));
        Assert.Equal(fp32.Outputs.Select(result => (result.Name, result.Type)), int8.Outputs.Select(result => (result.Name, result.Type)));
    }

    private static JsonElement NodeOf(JsonElement report, string name) =>
        report.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("name").GetString() == name);
}
