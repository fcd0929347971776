using System.Text;

namespace Quantizer.Reporting;

/// <summary>Several values of an option as one text: words parted by spaces, in double quotes where they hold any.</summary>
internal static class OptionWords
{
    private const char Quote = '"';

    /// <summary>A quote inside of a quoted word is doubled.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Join(
            ' ',
            words.Select(word => NeedsQuotes(word) ? $"{Quote}{word.Replace("\"", "\"\"", StringComparison.Ordinal)}{Quote}" : word)
        );

    public static IReadOnlyList<string> Split(string text)
    {
        List<string> words = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ')
                continue;
            if (text[i] == Quote)
            {
                words.Add(Quoted(text, ref i));
                continue;
            }
            int end = text.IndexOf(' ', i) is >= 0 and int space ? space : text.Length;
            words.Add(text[i..end]);
            i = end;
        }
        return words;
    }

    private static bool NeedsQuotes(string word) => word.Length == 0 || word.Contains(' ') || word[0] == Quote;

    /// <param name="i">Of the first quote; then of the last.</param>
    private static string Quoted(string text, ref int i)
    {
        StringBuilder word = new();
        for (i++; i < text.Length; i++)
        {
            if (text[i] == Quote && (i + 1 == text.Length || text[i + 1] != Quote))
                break;
            if (text[i] == Quote)
                i++;
            word.Append(text[i]);
        }
        return word.ToString();
    }
}
