using System.Text;

namespace Quantizer.Testing;

/// <summary>A command line as a shell reads it: quotes of both kinds, and nothing behind a redirection, a pipe or a remark.</summary>
public static class ShellWords
{
    public static IReadOnlyList<string> Of(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isWord = false;
        char quote = '\0';
        foreach (char letter in line + " ")
        {
            if (quote != '\0')
            {
                if (letter == quote)
                    quote = '\0';
                else
                    word.Append(letter);
            }
            else if (letter is '\'' or '"')
            {
                (quote, isWord) = (letter, true);
            }
            else if (!char.IsWhiteSpace(letter))
            {
                if (!isWord && letter is '>' or '|' or '#' or '&')
                    return words;
                word.Append(letter);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
        return words;
    }
}
