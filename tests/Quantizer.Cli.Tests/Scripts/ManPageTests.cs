using System.Text;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Scripts;

public sealed class ManPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("groff")]
    public void Roff_has_nothing_to_warn_of_and_says_what_the_help_says()
    {
        string page = _folder.Write("quantize.1", Encoding.UTF8.GetBytes(Page()));

        Assert.Equal("", SystemTool.Run("groff", ["-man", "-ww", "-z", page]));

        // Without pages, hyphenation and adjustment: words as they are.
        string text = SystemTool.Run("groff", ["-man", "-Tascii", "-P-cbou", "-rHY=0", "-dAD=l", page]);
        string words = string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("quantize MODEL --calib DATA [options]", words);
        Assert.Contains("--max-drop POINTS What the task's figure against the right answers may lose, FP32 minus INT8", words);
        Assert.Contains("""{"file", "box": [x1, y1, x2, y2], "label"}""", words);
        Assert.Contains("-o, --output FILE", words);
        Assert.Contains("3 a limit is missed", words);
        Assert.Contains("quantize completion bash", words);
    }

    [Fact]
    public void Every_option_of_every_page_is_there_and_no_line_is_taken_for_a_request()
    {
        string page = Page();

        foreach (string option in new[] { "\\-\\-calib", "\\-\\-data", "\\-\\-json", "\\-\\-max\\-size", "\\-\\-conf" })
            Assert.Contains($"\\fB{option}", page);
        string[] requests = [".TH", ".SH", ".SS", ".TP", ".B", ".br"];
        Assert.All(
            page.Split('\n').Where(line => line.StartsWith('.') || line.StartsWith('\'')),
            line => Assert.Contains(line.Split(' ')[0], requests)
        );
    }

    private static string Page()
    {
        using ProgramRun run = new();
        Assert.Equal(ExitCodes.Done, run.Run("man"));
        return run.Out;
    }
}
