namespace Quantizer.Cli.Layout;

/// <summary>Text from a file for a terminal: a tensor's name must not move the cursor or change its colours.</summary>
internal static class Printable
{
    private const char Replacement = '?';

    /// <summary>One line; control characters, line ends among them, become question marks.</summary>
    public static string Line(string text) =>
        text.Any(char.IsControl)
            ? string.Create(
                text.Length,
                text,
                static (line, text) =>
                {
                    for (int i = 0; i < text.Length; i++)
                        line[i] = char.IsControl(text[i]) ? Replacement : text[i];
                }
            )
            : text;

    /// <summary>The same, but line ends and tabs stay.</summary>
    public static string Lines(string text) =>
        new([
            .. text.ReplaceLineEndings("\n")
                .Select(letter => char.IsControl(letter) && letter is not ('\n' or '\t') ? Replacement : letter),
        ]);
}
