namespace Quantizer.Cli.Layout;

/// <summary>Breaks text at spaces. A word longer than a line (a path, a tensor name) stays whole, so that it can be copied.</summary>
internal static class WordWrap
{
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (string paragraph in Printable.Lines(text).Split('\n'))
        {
            int start = 0;
            while (paragraph.Length - start > width)
            {
                int space = LastBreak(paragraph, start, width);
                if (space < 0)
                    break;
                yield return paragraph[start..space].TrimEnd();
                start = space + 1;
            }
            yield return paragraph[start..].TrimEnd();
        }
    }

    /// <summary>Writes the text behind a label; further lines stand under the text's first letter.</summary>
    public static void WriteHanging(TextWriter writer, string label, string text, int width, Func<string, string>? paintLabel = null)
    {
        string indent = new(' ', label.Length);
        string lead = paintLabel is null ? label : paintLabel(label);
        foreach (string line in Lines(text, Math.Max(1, width - label.Length)))
        {
            writer.WriteLine((lead + line).TrimEnd());
            lead = indent;
        }
    }

    /// <summary>
    /// The last space that ends a line of at most <paramref name="width"/> letters, if possible none that parts a number from its unit;
    /// else the first space behind it; -1 when there is none.
    /// </summary>
    private static int LastBreak(string text, int start, int width)
    {
        int last = text.LastIndexOf(' ', start + width, width + 1);
        int space = last;
        while (space > start && char.IsAsciiDigit(text[space - 1]))
            space = text.LastIndexOf(' ', space - 1, space - start);
        return space > start ? space
            : last > start ? last
            : text.IndexOf(' ', start + width);
    }
}
