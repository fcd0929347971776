using Quantizer.Preprocessing;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class CompareCommandTests
{
    [Fact]
    public void Every_option_reaches_the_pipeline()
    {
        using ProgramRun run = new();

        Assert.Equal(
            ExitCodes.Done,
            run.Run(
                "compare",
                "a.onnx",
                "b.onnx",
                "--data",
                "val",
                "--labels",
                "l.txt",
                "--samples",
                "9",
                "--seed",
                "2",
                "--threads",
                "1",
                "--preset",
                "raw"
            )
        );

        Assert.Equal(
            ("a.onnx", "b.onnx", "val", "l.txt"),
            (
                run.AskedToCompare!.Fp32Path,
                run.AskedToCompare.Int8Path,
                run.AskedToCompare.DataPaths.Single(),
                run.AskedToCompare.LabelsPath
            )
        );
        Assert.Equal(
            (9, 2, 1, PicturePreset.Raw),
            (run.AskedToCompare.Samples, run.AskedToCompare.Seed, run.AskedToCompare.Threads, run.AskedToCompare.Pictures.Preset)
        );
        Assert.Null(run.Asked);
    }

    [Fact]
    public void No_model_is_said_to_be_written()
    {
        using ProgramRun run = new() { Report = ExampleReports.Comparison };

        Assert.Equal(ExitCodes.Done, run.Run("compare", "a.onnx", "b.onnx", "--data", "val"));

        Assert.StartsWith("resnet20.onnx against resnet20.int8.onnx\n", run.Out);
        Assert.DoesNotContain("Wrote", run.Out);
    }
}
