using System.Text.RegularExpressions;
using System.Xml.Linq;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Documentation;

/// <summary>What the pages in <c>samples</c> name exists.</summary>
public sealed partial class SamplePagesTests
{
    // Flags of other programs, in commands of theirs.
    private static readonly string[] Foreign = ["--project"];

    /// <summary>Of all commands, as their own help tells them.</summary>
    private static readonly Lazy<IReadOnlySet<string>> Known = new(() =>
        new[] { "", "compare", "inspect", "init", "rerun", "diff", "bench", "explain", "schema", "completion", "man" }
            .SelectMany(command => Flags().Matches(HelpOf(command)).Select(match => match.Value))
            .Concat(Foreign)
            .ToHashSet()
    );

    public static TheoryData<string> Pages => [.. DocumentedPages.Below("samples")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_flag_that_a_page_names_is_one_of_a_command(string page) =>
        Assert.All(
            Code().Matches(TextOf(page)).SelectMany(code => Flags().Matches(code.Value)).Select(flag => flag.Value),
            flag => Assert.Contains(flag, Known.Value)
        );

    [Theory]
    [MemberData(nameof(Pages))]
    [InlineData("README.md")]
    public void Every_link_leads_to_a_file(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(SharedFolder.Repository, page))!;

        foreach (string target in Links().Matches(TextOf(page)).Select(match => match.Groups[1].Value))
            Assert.True(target.Contains("://") || Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}");
    }

    [Fact]
    public void Pages_on_speed_and_accuracy_lead_to_every_finding_that_tells_of_them()
    {
        string both = TextOf("samples/why-slow.md") + TextOf("samples/why-inaccurate.md");
        string[] others = ["QZ207", "QZ208", "QZ501", "QZ502", "QZ503", "QZ504", "QZ601", "QZ602"];

        foreach (string finding in DocumentedPages.Below("samples/findings").Select(Path.GetFileNameWithoutExtension).OfType<string>())
            Assert.True(others.Contains(finding) != both.Contains($"findings/{finding}.md"), finding);
    }

    [Fact]
    public void Pictures_are_small_and_well_formed()
    {
        string[] pictures = Directory.GetFiles(Path.Combine(SharedFolder.Repository, "samples/pictures"));

        Assert.Equal(2, pictures.Length);
        foreach (string picture in pictures)
        {
            Assert.InRange(new FileInfo(picture).Length, 1000, 30_000);
            XElement root = XDocument.Load(picture).Root!;
            Assert.Equal(["minmax", "percentile:99.999", "percentile:99.99", "entropy", "mse"], Labels(root).Where(IsMethod));
        }
    }

    [Fact]
    public void The_container_is_built_with_the_pages_that_the_program_holds() =>
        Assert.Contains("!samples/findings", TextOf("samples/container/Dockerfile.dockerignore").Split('\n'));

    private static IEnumerable<string> Labels(XElement svg) =>
        svg.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value);

    private static bool IsMethod(string label) => Ranges.Selectors.RangeMethod.TryParse(label, out _);

    private static string HelpOf(string command)
    {
        using ProgramRun help = new();
        Assert.Equal(ExitCodes.Done, help.Run([.. command.Length == 0 ? [] : (string[])[command], "--help"]));
        return help.Out;
    }

    private static string TextOf(string page) => File.ReadAllText(Path.Combine(SharedFolder.Repository, page));

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex Flags();

    // Between fences, or in the text.
    [GeneratedRegex("```.*?```|`[^`]+`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)#]+)[^)]*\)")]
    private static partial Regex Links();
}
