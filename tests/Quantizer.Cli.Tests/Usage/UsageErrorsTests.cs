using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Usage;

public sealed class UsageErrorsTests
{
    /// <summary>Command lines and, in the golden file, what is said of each.</summary>
    private static readonly string[] Wrong =
    [
        "--calib images",
        "m.onnx --calib",
        "m.onnx --calib a --labels b --labels c",
        "m.onnx --calib a --input sr",
        "m.onnx --clib images",
        "m.onnx --calib images --zzz",
        "m.onnx --calib images more.onnx",
        "m.onnx --calib a.png b.png c.png",
        "m.onnx --calib i --method foo",
        "m.onnx --calib i --method percentile:",
        "m.onnx --calib i --method percentile:101",
        "m.onnx --calib i --method percentile:49.9",
        "m.onnx --calib i --statistics all",
        "m.onnx --calib i --activations int8",
        "m.onnx --calib i --target tensorrt",
        "m.onnx --calib i --weights both",
        "m.onnx --calib i --samples ten",
        "m.onnx --calib i --samples 0",
        "m.onnx --calib i --samples 99999999999",
        "m.onnx --calib i --batch 0",
        "m.onnx --calib i --threads -1",
        "m.onnx --calib i --seed 1.5",
        "m.onnx --calib i --preset resnet",
        "m.onnx --calib i --mean 1,,2",
        "m.onnx --calib i --mean NaN,1,1",
        "m.onnx --calib i --std 1,0,1",
        "m.onnx --calib i --scale 1/0",
        "m.onnx --calib i --scale 0",
        "m.onnx --calib i --size 0x3",
        "m.onnx --calib i --size 2x3x4",
        "m.onnx --calib i --report r.txt",
        "m.onnx --calib i --report no-such-folder/r.json",
        "m.onnx --calib i --report",
        "m.onnx --calib i --quiet --verbose",
        "m.onnx --calib i --samples x --batch y",
        "comapre a.onnx b.onnx --data d",
        "inspct m.onnx",
        "quantise m.onnx --calib i",
        "--json inspect m.onnx",
        "m.onnx compare a b --data d",
        "compare a.onnx --data d",
        "compare a.onnx b.onnx",
        "compare a.onnx b.onnx --calib d",
        "inspect",
        "inspect a.onnx b.onnx",
    ];

    [Fact]
    public void Every_wrong_command_line_is_told_in_plain_words_as_approved()
    {
        System.Text.StringBuilder said = new();
        foreach (string line in Wrong)
        {
            using ProgramRun run = new();

            int exitCode = run.Run(line.Split(' '));

            Assert.True(exitCode == ExitCodes.WrongUsage, $"'{line}' gave {exitCode}");
            Assert.False(run.PipelineRan, line);
            Assert.Equal("", run.Out);
            said.Append($"$ quantize {line}\n{run.Error}\n");
        }
        GoldenFile.Equal("usage-errors.txt", said.ToString());
    }

    [Fact]
    public void An_empty_value_is_refused()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--calib", ""));

        Assert.StartsWith("error: Option '--calib' got ''", run.Error);
    }

    [Fact]
    public void Nothing_at_all_shows_how_to_start()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run());

        Assert.Equal("", run.Out);
        GoldenFile.Equal("start.txt", run.Error);
    }
}
