using Quantizer.Comparison.Tasks;

namespace Quantizer.Cli.Tests.Flags;

public class TaskFlagsTests
{
    private static readonly string[] Words =
    [
        "--task",
        "boxes",
        "--boxes",
        "b.jsonl",
        "--masks",
        "m",
        "--targets",
        "t",
        "--characters",
        "c.txt",
        "--conf",
        "0.25",
    ];

    private static readonly TaskOptions Meant = new()
    {
        Task = TaskKind.Boxes,
        BoxesPath = "b.jsonl",
        MasksPath = "m",
        TargetsPath = "t",
        CharactersPath = "c.txt",
        Confidence = 0.25,
    };

    [Fact]
    public void What_is_judged_by_reaches_both_commands()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run(["model.onnx", "--calib", "data", .. Words]));
        Assert.Equal(Meant, run.Asked!.Judging);
        Assert.Equal(ExitCodes.Done, run.Run(["compare", "a.onnx", "b.onnx", "--data", "val", .. Words]));
        Assert.Equal(Meant, run.AskedToCompare!.Judging);
    }

    [Fact]
    public void Without_a_word_all_is_found_out()
    {
        using ProgramRun run = new();

        run.Run("model.onnx", "--calib", "data");

        Assert.Equal(new TaskOptions(), run.Asked!.Judging);
    }

    [Theory]
    [InlineData("--task", "faces", "expected boxes, text, tokens,")]
    [InlineData("--conf", "1", "expected a number from 0 to less than 1")]
    [InlineData("--conf", "-0.1", "expected a number from 0 to less than 1")]
    [InlineData("--conf", "much", "expected a number from 0 to less than 1")]
    public void What_is_not_understood_is_told_with_what_is(string flag, string value, string expected)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("model.onnx", "--calib", "data", flag, value));
        Assert.Contains(expected, run.Error);
    }
}
