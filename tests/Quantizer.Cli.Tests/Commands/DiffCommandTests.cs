using System.Text.Json;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class DiffCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before;
    private readonly string _after;

    public DiffCommandTests()
    {
        (_before, _after) = (_folder.File("a.json"), _folder.File("b.json"));
        ReportFile.Write(ExampleReports.Classifier, _before);
        ReportFile.Write(ExampleReports.Regressor with { Nodes = [], Tensors = [] }, _after);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_reports_are_laid_beside_each_other_as_approved()
    {
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.Done, ""), (run.Run("diff", _before, _after), run.Error));

        GoldenFile.Equal("diff.txt", run.Out.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_exit_code_tells_a_difference_only_where_that_is_asked_for()
    {
        using ProgramRun run = new();

        Assert.Equal(0, run.Run("diff", _before, _before, "--exit-code"));
        Assert.Contains("Nothing differs.", run.Out);
        Assert.Equal(0, run.Run("diff", _before, _after));
        Assert.Equal(1, run.Run("diff", _before, _after, "--exit-code"));
    }

    [Fact]
    public void Json_is_one_object_and_files_are_written_beside_it()
    {
        using ProgramRun run = new();

        run.Run("diff", _before, _after, "--json", "--report", _folder.File("d.json"), "--report", _folder.File("d.md"));

        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("difference", json.RootElement.GetProperty("kind").GetString());
        Assert.True(json.RootElement.GetProperty("differs").GetBoolean());
        Assert.Equal(run.Out, File.ReadAllText(_folder.File("d.json")));
        Assert.StartsWith("# ", File.ReadAllText(_folder.File("d.md")));
    }

    [Fact]
    public void Long_lists_are_cut_unless_all_is_asked_for()
    {
        NodeReport[] nodes = [.. Enumerable.Range(0, 30).Select(i => new NodeReport($"n{i}", "Conv", NodeDecision.Int8, "", null))];
        ReportFile.Write(ExampleReports.Classifier with { Nodes = nodes }, _after);
        using ProgramRun some = new(),
            all = new();

        some.Run("diff", _before, _after);
        all.Run("diff", _before, _after, "--verbose");

        Assert.Contains("and 14 more, which --verbose tells", some.Out);
        Assert.DoesNotContain("n29", some.Out);
        Assert.Contains("n29", all.Out);
    }

    [Fact]
    public void A_report_and_a_model_are_not_compared()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("diff", _before, "m.onnx"));

        Assert.Contains("are of two kinds", run.Error);
    }

    [Fact]
    public void No_file_that_is_read_is_written()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("diff", _before, _after, "--report", _before));

        Assert.Contains("which is read and never changed", run.Error);
    }

    [Fact]
    public void What_is_no_report_is_told()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Failed, run.Run("diff", _before, _folder.Write("c.json", "{}"u8)));

        Assert.Contains("c.json' is no report that can be read", run.Error);
    }
}
