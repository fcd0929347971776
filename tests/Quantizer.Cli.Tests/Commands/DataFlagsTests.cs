using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Samples;

namespace Quantizer.Cli.Tests.Commands;

public class DataFlagsTests
{
    [Fact]
    public void Paths_may_be_given_several_times()
    {
        QuantizationOptions asked = Ask("--calib", "a=1.npy", "--calib", "b=2.npy", "--eval", "c", "--eval", "d");

        Assert.Equal(["a=1.npy", "b=2.npy"], asked.CalibrationPaths);
        Assert.Equal(["c", "d"], asked.EvaluationPaths);
    }

    [Fact]
    public void Everything_that_is_said_of_inputs_reaches_the_library()
    {
        InputOptions inputs = Ask(
            "--calib",
            "d",
            "--input",
            "sr=16000",
            "--input",
            "a=b=1,-2.5e1,true",
            "--feedback",
            "hn=h0",
            "--mask",
            "valid",
            "--tokenizer",
            "vocab.txt",
            "--frame",
            "576",
            "--hop",
            "512",
            "--raw-type",
            "int16",
            "--raw-shape",
            "1,40,101"
        ).Inputs;

        Assert.Equal([16000.0], inputs.Constants["sr"]);
        Assert.Equal([1.0, -25, 1], inputs.Constants["a=b"]);
        Assert.Equal("hn", inputs.Feedback["h0"]);
        Assert.Equal(("valid", "vocab.txt", 576, 512), (inputs.Mask, inputs.TokenizerPath, inputs.Frame, inputs.Hop));
        Assert.Equal(ElementType.Int16, inputs.RawType);
        Assert.Equal([1, 40, 101], inputs.RawShape);
    }

    [Theory]
    [InlineData("--input", "sr", "expected NAME=VALUE")]
    [InlineData("--input", "sr=abc", "expected NAME=VALUE")]
    [InlineData("--input", "=1", "expected NAME=VALUE")]
    [InlineData("--feedback", "hn", "expected OUTPUT=INPUT")]
    [InlineData("--feedback", "hn=", "expected OUTPUT=INPUT")]
    [InlineData("--raw-type", "float", "expected float32")]
    [InlineData("--raw-shape", "1,0", "expected whole numbers from 1")]
    [InlineData("--raw-shape", "99999,99999", "expected whole numbers from 1")]
    [InlineData("--calib", "", "expected DATA")]
    public void What_cannot_be_meant_is_wrong_usage(string option, string value, string expected)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--calib", "d", option, value));
        Assert.Contains(expected, run.Error);
    }

    private static QuantizationOptions Ask(params string[] arguments)
    {
        using ProgramRun run = new();
        Assert.Equal((ExitCodes.Done, ""), (run.Run(["m.onnx", .. arguments]), run.Error));
        return run.Asked!;
    }
}
