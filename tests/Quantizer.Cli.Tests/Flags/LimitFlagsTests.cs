using Quantizer.Limits;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Flags;

public sealed class LimitFlagsTests
{
    [Fact]
    public void Both_commands_hand_their_limits_on()
    {
        string[] limits =
        [
            "--max-drop",
            "0.5",
            "--min-agreement",
            "99",
            "--min-figure",
            "0.9",
            "--min-sqnr",
            "25",
            "--min-speedup",
            "1.5",
            "--max-size",
            "30%",
        ];
        LimitOptions expected = new()
        {
            MaxDrop = 0.5,
            MinAgreement = 99,
            MinFigure = 0.9,
            MinSqnr = 25,
            MinSpeedup = 1.5,
            MaxShare = 0.3,
        };
        using ProgramRun quantize = new(),
            compare = new();

        Assert.Equal(ExitCodes.Done, quantize.Run(["m.onnx", "--calib", "c", .. limits]));
        Assert.Equal(ExitCodes.Done, compare.Run(["compare", "a.onnx", "b.onnx", "--data", "d", .. limits]));

        Assert.Equal(expected, quantize.Asked!.Limits);
        Assert.Equal(expected, compare.AskedToCompare!.Limits);
    }

    [Theory]
    [InlineData("400000", 400_000L)]
    [InlineData("1.5MiB", 1_572_864L)]
    [InlineData("2 kb", 2000L)]
    [InlineData("7B", 7L)]
    public void A_size_is_bytes(string text, long bytes)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--max-size", text));

        Assert.Equal((bytes, null), (run.Asked!.Limits.MaxBytes, run.Asked.Limits.MaxShare));
    }

    [Theory]
    [InlineData("--max-size", "0.3")]
    [InlineData("--max-size", "1.5")]
    [InlineData("--max-size", "0%")]
    [InlineData("--max-size", "MiB")]
    [InlineData("--max-drop", "-1")]
    [InlineData("--max-drop", "NaN")]
    [InlineData("--min-agreement", "101")]
    [InlineData("--min-speedup", "0")]
    [InlineData("--min-sqnr", "high")]
    public void What_cannot_be_meant_is_refused(string option, string value)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--calib", "c", option, value));

        Assert.StartsWith($"error: Option '{option}' got '{value}'; expected ", run.Error);
        Assert.False(run.PipelineRan);
    }

    [Fact]
    public void A_limit_that_is_not_kept_has_its_own_exit_code_and_other_errors_come_first()
    {
        using ProgramRun missed = new() { Report = ExampleReports.Limited },
            broken =
                new()
                {
                    Report = ExampleReports.Limited with
                    {
                        Findings = [.. ExampleReports.Limited.Findings, .. ExampleReports.Unpleasant.Findings],
                    },
                };

        Assert.Equal(ExitCodes.LimitMissed, missed.Run("m.onnx", "--calib", "c"));
        Assert.Equal(ExitCodes.Failed, broken.Run("m.onnx", "--calib", "c"));
    }
}
