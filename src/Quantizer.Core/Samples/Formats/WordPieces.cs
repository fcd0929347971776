using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Quantizer.Samples.Formats;

/// <summary>
/// WordPiece as BERT uses it. Words are parted here and not by the library's BertTokenizer, which drops ` $ + = and every other sign
/// that Unicode calls a symbol.
/// </summary>
internal static partial class WordPieces
{
    private const string Unknown = "[UNK]";

    /// <summary>BERT's own limit: longer words are unknown.</summary>
    private const int MostLetters = 100;

    /// <param name="tokens">By number.</param>
    /// <param name="isLowerCase">Null: as the vocabulary looks.</param>
    /// <exception cref="QuantizationException">Special tokens are missing.</exception>
    public static TextTokenizer Of(IReadOnlyList<string> tokens, bool? isLowerCase, string path)
    {
        bool lowers = isLowerCase ?? !tokens.Any(token => !IsSpecial(token) && token.Any(char.IsAsciiLetterUpper));
        using MemoryStream vocabulary = new(Encoding.UTF8.GetBytes(string.Join('\n', tokens)));
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Create(
            vocabulary,
            new WordPieceOptions
            {
                PreTokenizer = new RegexPreTokenizer(Words(), null),
                UnknownToken = Unknown,
                MaxInputCharsPerWord = MostLetters,
            }
        );
        return new TextTokenizer(
            text => tokenizer.EncodeToIds(Normalized(text, lowers), considerNormalization: false),
            [NumberOf("[CLS]", tokens, path)],
            [NumberOf("[SEP]", tokens, path)],
            NumberOf("[PAD]", tokens, path)
        );
    }

    private static bool IsSpecial(string token) => token is ['[', .., ']'] or ['<', .., '>'];

    private static int NumberOf(string token, IReadOnlyList<string> tokens, string path)
    {
        for (int number = 0; number < tokens.Count; number++)
        {
            if (tokens[number] == token)
                return number;
        }
        throw new QuantizationException($"The tokenizer '{path}' has no token '{token}', which BERT's sentences need.");
    }

    /// <summary>Without signs that are not seen; of uncased models in small letters without accents.</summary>
    private static string Normalized(string text, bool lowers)
    {
        StringBuilder result = new(text.Length);
        foreach (char letter in lowers ? text.ToLowerInvariant() : text)
        {
            UnicodeCategory category = char.GetUnicodeCategory(letter);
            bool isDropped =
                category is UnicodeCategory.Control or UnicodeCategory.Format || (lowers && category == UnicodeCategory.NonSpacingMark);
            if (char.IsWhiteSpace(letter))
                result.Append(' ');
            else if (!isDropped)
                result.Append(lowers ? Accents.Without(letter) : letter);
        }
        return result.ToString();
    }

    /// <summary>Punctuation (all of ASCII's signs are that to BERT) and Chinese characters are words of their own.</summary>
    [GeneratedRegex(
        @"[!-/:-@\[-`{-~\p{P}\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]|[^\s!-/:-@\[-`{-~\p{P}\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]+",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Words();
}
