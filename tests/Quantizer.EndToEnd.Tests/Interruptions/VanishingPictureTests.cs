using System.Text.Json;
using Quantizer.Cli;
using Quantizer.Cli.Terminals;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Pipeline;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>Pictures that somebody deletes while a run is at work: they never end it.</summary>
public sealed class VanishingPictureTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model,
        _calibration,
        _evaluation;

    public VanishingPictureTests()
    {
        _model = _workspace.Write("model.onnx", Networks.Classifier());
        _calibration = _workspace.WritePictures("calibration");
        _evaluation = _workspace.WritePictures("evaluation", perClass: 3);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void One_deleted_before_calibration_is_left_out_and_named()
    {
        JsonElement data = DataAfter("Calibrating", "calibration/class2/1.png", "--eval", _evaluation);

        AssertSkipped("class2/1.png", data.GetProperty("calibration"), left: 15);
        Assert.Empty(data.GetProperty("evaluation").GetProperty("skipped").EnumerateArray());
    }

    [Fact]
    public void One_deleted_before_the_comparison_is_left_out_and_named()
    {
        JsonElement data = DataAfter("Comparing", "evaluation/class3/0.png", "--eval", _evaluation);

        AssertSkipped("class3/0.png", data.GetProperty("evaluation"), left: 11);
        Assert.Empty(data.GetProperty("calibration").GetProperty("skipped").EnumerateArray());
    }

    [Fact]
    public void One_that_is_in_memory_is_not_missed()
    {
        JsonElement data = DataAfter("Comparing", "calibration/class0/0.png");

        Assert.Equal(16, data.GetProperty("evaluation").GetProperty("samples").GetInt32());
        Assert.Empty(data.GetProperty("calibration").GetProperty("skipped").EnumerateArray());
    }

    private JsonElement DataAfter(string stage, string deleted, params string[] arguments)
    {
        using Interruption interruption = new();
        PipelineCalls calls = PipelineCalls.Real with
        {
            Quantize = (options, observer, cancellation) =>
                QuantizationPipeline.Quantize(
                    options,
                    new StageWatch(observer, stage, afterOneStep: false, () => File.Delete(_workspace.PathOf(deleted))),
                    cancellation
                ),
        };
        // Were the preparation to be found out, the pictures tried would be in memory.
        return CommandLine
            .Run(calls, interruption, [_model, "--calib", _calibration, "--preset", "zero-one", "--json", .. arguments])
            .MustSucceed()
            .Json()
            .GetProperty("data");
    }

    private static void AssertSkipped(string name, JsonElement data, int left)
    {
        JsonElement skipped = Assert.Single(data.GetProperty("skipped").EnumerateArray());
        Assert.Equal(name, skipped.GetProperty("file").GetString());
        Assert.Contains("cannot be read", skipped.GetProperty("reason").GetString());
        Assert.Equal(left, data.GetProperty("samples").GetInt32());
    }
}
