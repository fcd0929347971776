using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Reports;

/// <summary>Two finished files against each other, whoever made them.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_result_compared_again_gives_the_same_figures(bool named)
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier(named)),
            data = _workspace.WriteSamples(32);
        JsonElement made = CommandLine.Run(model, "--calib", data, "--json").MustSucceed().Json();
        string before = Workspace.Fingerprint(_workspace.PathOf("model.int8.onnx"));

        JsonElement compared = CommandLine
            .Run("compare", model, _workspace.PathOf("model.int8.onnx"), "--data", data, "--json")
            .MustSucceed()
            .Json();

        foreach (string part in new[] { "accuracy", "outputs", "size", "integer" })
            Assert.Equal(made.GetProperty(part).ToString(), compared.GetProperty(part).ToString());
        Assert.True(compared.GetProperty("integer").GetProperty("percentInteger").GetDouble() > 0);
        Assert.Equal(before, Workspace.Fingerprint(_workspace.PathOf("model.int8.onnx")));
    }

    [Fact]
    public void Where_nothing_tells_the_preparation_a_comparison_marks_its_figures_and_limits_stop_it()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier()),
            pictures = _workspace.WritePictures();
        CommandLine.Run(model, "--calib", pictures, "--preset", "zero-one").MustSucceed();
        string[] command = ["compare", model, _workspace.PathOf("model.int8.onnx"), "--data", pictures];

        JsonElement report = CommandLine.Run([.. command, "--json"]).MustSucceed().Json();

        Assert.True(report.GetProperty("task").GetProperty("guessedPreparation").GetBoolean());
        JsonElement guess = Assert.Single(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("code").GetString() == "QZ403"
        );
        Assert.Contains(", or --preset", guess.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        ProgramResult limited = CommandLine.Run([.. command, "--min-agreement", "90"]);
        Assert.Equal(2, limited.ExitCode);
        Assert.Contains("--preset guess", limited.Error, StringComparison.Ordinal);
        CommandLine.Run([.. command, "--preset", "zero-one", "--min-agreement", "0"]).MustSucceed();
        CommandLine.Run([.. command, "--max-size", "1MiB"]).MustSucceed();
    }

    [Fact]
    public void A_model_compared_with_itself_differs_in_nothing()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());

        JsonElement report = CommandLine.Run("compare", model, model, "--data", _workspace.WriteSamples(), "--json").MustSucceed().Json();

        Assert.Equal(100, report.GetProperty("accuracy").GetProperty("agreement").GetDouble());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("outputs")[0].GetProperty("sqnrDb").ValueKind);
        Assert.Equal(0, report.GetProperty("integer").GetProperty("percentInteger").GetDouble());
        Assert.Equal(
            (1, 0),
            (
                report.GetProperty("latency").GetProperty("speedup").GetDouble(),
                report.GetProperty("latency").GetProperty("spread").GetDouble()
            )
        );
        Assert.Contains(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("message").GetString() == "Both files are the same, byte for byte: there is nothing to compare."
        );
        Assert.DoesNotContain(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("subject").GetString() == "latency"
        );
    }

    [Fact]
    public void A_second_file_that_is_not_quantized_gets_no_verdict_of_speed()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier()),
            other = _workspace.Write("other.onnx", Networks.Classifier(named: false));

        JsonElement report = CommandLine.Run("compare", model, other, "--data", _workspace.WriteSamples(), "--json").MustSucceed().Json();

        Assert.Contains(
            report.GetProperty("findings").EnumerateArray(),
            finding =>
                finding.GetProperty("message").GetString()!.StartsWith("The file holds no quantized operator", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("subject").GetString() == "latency"
        );
    }

    /// <summary>Figures of the same files measured with another program lie near these.</summary>
    [SharedFolderTheory]
    [InlineData("ort-minmax", 20.75, 95, 100)]
    [InlineData("nncf", 19.8, 0, 50)]
    public void Files_of_other_quantizers_are_measured_and_checked(string maker, double sqnrDb, double leastInteger, double mostInteger)
    {
        string other = Path.Combine(SharedFolder.Root, "rivals", maker, "resnet8-mlperf.onnx");

        JsonElement report = CommandLine
            .Run(
                "compare",
                SharedFolder.Model("resnet8-mlperf.onnx"),
                other,
                "--data",
                SharedFolder.Data("cifar10-val"),
                "--samples",
                "300",
                "--json"
            )
            .MustSucceed()
            .Json();

        // Sums that this processor cuts off cost what they cost, and are told.
        Assert.Equal(
            PairSums.AreHere,
            report.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("code").GetString() == "QZ312")
        );
        if (!PairSums.AreHere)
        {
            Assert.InRange(report.GetProperty("outputs")[0].GetProperty("sqnrDb").GetDouble(), sqnrDb - 1.5, sqnrDb + 1.5);
            Assert.InRange(report.GetProperty("accuracy").GetProperty("agreement").GetDouble(), 93, 99);
        }
        Assert.InRange(report.GetProperty("integer").GetProperty("percentInteger").GetDouble(), leastInteger, mostInteger);
        Assert.Equal("raw", report.GetProperty("preprocessing").GetProperty("preset").GetString());
        Assert.Equal(300, report.GetProperty("data").GetProperty("evaluation").GetProperty("labelled").GetInt32());
        // Whoever made it: what slows it down is told.
        Assert.Contains(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("subject").GetString() == "average_pooling2d"
        );
    }
}
