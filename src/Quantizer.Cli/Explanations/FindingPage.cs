using System.Text;
using Quantizer.Findings;

namespace Quantizer.Cli.Explanations;

/// <summary>What one kind of finding means: a page of <c>samples/findings</c>, which the program holds.</summary>
/// <param name="Title">Of its first line, "# QZ101: title".</param>
/// <param name="Body">Markdown, all below the first line.</param>
internal sealed record FindingPage(FindingKind Kind, string Title, string Body)
{
    /// <summary>Of every kind, in the order of their codes.</summary>
    public static IReadOnlyList<FindingPage> All { get; } = [.. FindingKind.All.Select(Read)];

    private static FindingPage Read(FindingKind kind)
    {
        string name = $"{kind.Code}.md";
        using Stream stream =
            typeof(FindingPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without '{name}'.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        string title = reader.ReadLine() ?? "";
        string start = $"# {kind.Code}: ";
        if (!title.StartsWith(start, StringComparison.Ordinal))
            throw new InvalidOperationException($"'{name}' begins with '{title}'; expected '{start}' and a title.");
        return new FindingPage(kind, title[start.Length..], reader.ReadToEnd().ReplaceLineEndings("\n").Trim('\n'));
    }
}
