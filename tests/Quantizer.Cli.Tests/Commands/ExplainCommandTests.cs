using Quantizer.Cli.Explanations;
using Quantizer.Findings;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Commands;

public sealed class ExplainCommandTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.Repository, "samples/findings");

    public static TheoryData<string> Codes => [.. FindingKind.All.Select(kind => kind.Code)];

    [Fact]
    public void Each_kind_has_a_page_and_each_page_a_kind() =>
        Assert.Equal(
            FindingKind.All.Select(kind => kind.Code).Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(path => Path.GetFileName(path).Replace(".md", "")).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_page_begins_with_code_and_title_and_has_every_section(string code)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, $"{code}.md"));

        Assert.StartsWith($"# {code}: ", lines[0]);
        Assert.Equal(["## Why", "## What to do", "## When to ignore it"], lines.Where(line => line.StartsWith("## ")));
        Assert.InRange(lines.Length, 8, 25);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 140));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_is_explained_within_the_width(string code)
    {
        string page = Explain(code);

        Assert.StartsWith($"{code}: {FindingPage.All.Single(known => known.Kind.Code == code).Title}\n\n", page);
        Assert.DoesNotContain('`', page);
        Assert.DoesNotContain('#', page);
        Assert.All(page.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void A_page_reads_as_approved() => GoldenFile.Equal("explain.txt", Explain("QZ107"));

    [Fact]
    public void All_codes_are_listed_as_approved() => GoldenFile.Equal("explain-all.txt", Explain());

    [Fact]
    public void Small_letters_are_understood() => Assert.Equal(Explain("QZ101"), Explain("qz101"));

    [Theory]
    [InlineData("QZ413x", "There is no finding 'QZ413x'; did you mean 'QZ413'? 'quantize explain' alone lists all codes.")]
    [InlineData("qz110", "There is no finding 'qz110'; did you mean 'QZ109'? 'quantize explain' alone lists all codes.")]
    [InlineData("999", "There is no finding '999'; did you mean 'QZ602'? 'quantize explain' alone lists all codes.")]
    [InlineData("banana", "There is no finding 'banana'; 'quantize explain' lists all codes.")]
    public void An_unknown_code_is_refused_with_the_nearest(string code, string error)
    {
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.WrongUsage, ""), (run.Run("explain", code), run.Out));

        Assert.StartsWith($"error: {error}\n", run.Error);
    }

    private static string Explain(params string[] arguments)
    {
        using ProgramRun run = new();
        Assert.Equal((ExitCodes.Done, ""), (run.Run(["explain", .. arguments]), run.Error));
        return run.Out;
    }
}
