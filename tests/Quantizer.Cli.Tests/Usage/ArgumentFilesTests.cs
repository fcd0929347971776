using Quantizer.Cli.Usage;

namespace Quantizer.Cli.Tests.Usage;

public sealed class ArgumentFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantizer-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_are_split_at_spaces_outside_of_quotes_and_remarks_left_out()
    {
        string file = Write("a", "# how it is made\n--calib \"my pictures\"\n\n  --samples 8  --quiet\n");

        ArgumentFiles expanded = ArgumentFiles.Expand(["m.onnx", "@" + file, "-o", "out.onnx"]);

        Assert.Equal(["m.onnx", "--calib", "my pictures", "--samples", "8", "--quiet", "-o", "out.onnx"], expanded.Arguments);
        Assert.Equal([file], expanded.Files);
    }

    [Fact]
    public void A_file_may_name_another_one_more_than_once()
    {
        string inner = Write("inner", "--quiet");
        string outer = Write("outer", $"\"@{inner}\" \"@{inner}\"");

        Assert.Equal(["--quiet", "--quiet"], ArgumentFiles.Expand(["@" + outer]).Arguments);
    }

    [Fact]
    public void A_file_that_names_itself_is_refused()
    {
        string a = Path.Combine(_folder, "a"),
            b = Path.Combine(_folder, "b");
        Write("a", $"\"@{b}\"");
        Write("b", $"\"@{a}\"");

        UsageException error = Assert.Throws<UsageException>(() => ArgumentFiles.Expand(["@" + a]));

        Assert.Contains("names itself (a -> b -> a)", error.Message);
    }

    [Fact]
    public void Files_that_double_at_every_step_are_refused_before_they_fill_the_memory()
    {
        const int Steps = 40;
        for (int i = 0; i < Steps; i++)
            Write($"{i}", $"\"@{Path.Combine(_folder, $"{i + 1}")}\" \"@{Path.Combine(_folder, $"{i + 1}")}\"");
        Write($"{Steps}", "x");

        Assert.Contains(
            "name each other too often",
            Assert.Throws<UsageException>(() => ArgumentFiles.Expand(["@" + Path.Combine(_folder, "0")])).Message
        );
    }

    [Fact]
    public void Behind_two_dashes_and_alone_the_mark_is_a_letter_like_others()
    {
        Assert.Equal(["@", "--", "@model.onnx"], ArgumentFiles.Expand(["@", "--", "@model.onnx"]).Arguments);
    }

    [Fact]
    public void A_missing_file_is_wrong_usage()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("@nowhere"));

        Assert.StartsWith("error: The file 'nowhere' of arguments cannot be read: ", run.Error);
        Assert.False(run.PipelineRan);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
