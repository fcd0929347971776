using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_found_is_written_as_approved()
    {
        using ProgramRun run = new();

        GoldenFile.Equal("init.json", Init(run, "/m/resnet20.onnx", "--calib", "/d/train"));

        Assert.Equal(["/d/train"], run.AskedToSurvey!.CalibrationPaths);
        Assert.Contains("Wrote ", run.Out);
    }

    [Fact]
    public void Without_data_ranges_are_taken_in_each_run()
    {
        using ProgramRun run = new();

        GoldenFile.Equal("init-without-data.json", Init(run, "/m/resnet20.onnx"));
    }

    [Fact]
    public void A_preparation_that_nothing_tells_is_a_guess_with_its_candidates()
    {
        using ProgramRun run = new()
        {
            Data = new(
                8,
                ("values", "nothing tells another task"),
                new Dictionary<string, string> { ["preset"] = "guess" },
                "It is a guess.",
                [
                    "--preset imagenet --channels rgb  customary for classifiers",
                    "--preset zero-one --channels rgb  customary for detectors",
                ],
                []
            ),
        };

        GoldenFile.Equal("init-guess.json", Init(run, "/m/resnet20.onnx", "--calib", "/d/train"));
    }

    [Theory]
    [InlineData]
    [InlineData("--calib", "input=a b.npy", "--calib", "c")]
    public void The_file_is_a_configuration_of_the_same_run(params string[] data)
    {
        using ProgramRun init = new();
        Init(init, ["m\"o.onnx", .. data]);
        using ProgramRun run = new();

        int code = run.Run("--config", _folder.File("quantize.json"));

        Assert.True(code == ExitCodes.Done, run.Error);
        Assert.Equal(Path.GetFullPath("m\"o.onnx"), Path.GetFullPath(run.Asked!.ModelPath));
        Assert.Equal(data.Length == 0 ? 0 : 2, run.Asked.CalibrationPaths.Count);
        if (data.Length > 0)
        {
            Assert.StartsWith("input=", run.Asked.CalibrationPaths[0]);
            Assert.Equal(Path.GetFullPath("a b.npy"), Path.GetFullPath(run.Asked.CalibrationPaths[0]["input=".Length..]));
            Assert.Equal((32, 32), run.Asked.Pictures.Size);
        }
    }

    [Fact]
    public void A_file_that_is_there_is_only_replaced_where_that_is_asked_for()
    {
        string path = _folder.Write("quantize.json", "mine"u8);
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("init", "m.onnx", "-o", path));
        Assert.Contains("is there already", run.Error);
        Assert.Null(run.AskedToSurvey);
        Assert.Equal("mine", File.ReadAllText(path));

        Assert.Equal(ExitCodes.Done, run.Run("init", "m.onnx", "-o", path, "--force"));
        Assert.StartsWith("// Written by quantize", File.ReadAllText(path));
    }

    [Fact]
    public void A_quantized_model_is_refused()
    {
        using ProgramRun run = new() { Inspection = ExampleInspections.Classifier with { IsQuantized = true } };

        Assert.Equal(ExitCodes.Failed, run.Run("init", "m.onnx", "-o", _folder.File("q.json")));

        Assert.Contains("is quantized already", run.Error);
        Assert.Empty(_folder.Names);
    }

    private string Init(ProgramRun run, params string[] arguments)
    {
        string path = _folder.File("quantize.json");
        Assert.Equal((ExitCodes.Done, ""), (run.Run(["init", .. arguments, "-o", path]), run.Error));
        return File.ReadAllText(path).Replace(ToolVersion.Text, "VERSION", StringComparison.Ordinal);
    }
}
