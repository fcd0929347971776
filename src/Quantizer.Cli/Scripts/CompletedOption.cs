using System.CommandLine;
using System.CommandLine.Completions;

namespace Quantizer.Cli.Scripts;

/// <summary>What a shell has to know of an option.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Short">One letter with its dash; null: none.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Hint">What stands for its value in the help; empty: it takes none.</param>
/// <param name="Words">The words that it takes; none: any text.</param>
/// <param name="MayRepeat">Given several times.</param>
internal sealed record CompletedOption(string Name, string? Short, string Summary, string Hint, IReadOnlyList<string> Words, bool MayRepeat)
{
    // The hints that stand for a file or a folder.
    private static readonly string[] PathHints = ["FILE", "DATA", "FOLDER"];

    public bool TakesValue => Hint.Length > 0;

    public bool IsPath => PathHints.Contains(Hint);

    public IEnumerable<string> Names => Short is null ? [Name] : [Short, Name];

    /// <summary>Those that every command has beside its own.</summary>
    public static IReadOnlyList<CompletedOption> OfAll { get; } =
    [new("--help", "-h", "Show the help page.", "", [], MayRepeat: false), new("--version", null, "Show the version.", "", [], false)];

    public static CompletedOption Of(Option option) =>
        new(
            option.Name,
            option.Aliases.FirstOrDefault(),
            FirstSentence(option.Description ?? ""),
            option.Arity.MaximumNumberOfValues == 0 ? "" : option.HelpName ?? "VALUE",
            [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)],
            option.Arity.MaximumNumberOfValues > 1
        );

    /// <summary>Or its first half: shells show one line.</summary>
    public static string FirstSentence(string text)
    {
        int end = text.AsSpan().IndexOfAny(".:;");
        while (end >= 0 && end + 1 < text.Length && text[end + 1] != ' ')
        {
            int next = text.AsSpan(end + 1).IndexOfAny(".:;");
            end = next < 0 ? -1 : end + 1 + next;
        }
        return end < 0 ? text : text[..end];
    }
}
