using Microsoft.ML.Tokenizers;
using Quantizer.Graphs.Files;

namespace Quantizer.Samples.Formats;

/// <summary>Sentences to token numbers, with the special tokens that the model wants around them.</summary>
internal sealed class TextTokenizer
{
    /// <summary>Positions of BERT and most of its descendants.</summary>
    public const int MostTokens = 512;

    private readonly Func<string, IReadOnlyList<int>> _encode;
    private readonly IReadOnlyList<int> _before;
    private readonly IReadOnlyList<int> _after;

    /// <param name="encode">A sentence without special tokens.</param>
    internal TextTokenizer(Func<string, IReadOnlyList<int>> encode, IReadOnlyList<int> before, IReadOnlyList<int> after, int padding)
    {
        _encode = encode;
        _before = before;
        _after = after;
        Padding = padding;
    }

    /// <summary>The number that fills up what is too short.</summary>
    public int Padding { get; }

    /// <exception cref="QuantizationException">The file cannot be read, or is of a kind that is not.</exception>
    public static TextTokenizer Open(string path)
    {
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"The tokenizer '{path}' is {kind}; a vocab.txt or tokenizer.json was expected.");
        try
        {
            byte[] file = File.ReadAllBytes(path);
            return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? TokenizerJson.Read(file, path)
                : OfVocabulary(file);
        }
        catch (Exception error) when (error is not (QuantizationException or OutOfMemoryException))
        {
            // The library's own exceptions are of many types.
            throw new QuantizationException(
                $"The tokenizer '{path}' cannot be read: {error.Message} Expected the model's vocab.txt (a token a line) or tokenizer.json.",
                error
            );
        }
    }

    /// <param name="most">Tokens at most, special ones included.</param>
    public IReadOnlyList<int> Encode(string text, int most)
    {
        IReadOnlyList<int> tokens = _encode(text);
        int room = Math.Max(most - _before.Count - _after.Count, 0);
        return [.. _before, .. tokens.Take(room), .. _after];
    }

    /// <summary>WordPiece as BERT uses it.</summary>
    /// <param name="isLowerCase">Null: as the vocabulary looks.</param>
    internal static TextTokenizer OfVocabulary(byte[] vocabulary, bool? isLowerCase = null)
    {
        isLowerCase ??= !HasCapitals(vocabulary);
        using MemoryStream stream = new(vocabulary);
        BertTokenizer tokenizer = BertTokenizer.Create(
            stream,
            new BertOptions { LowerCaseBeforeTokenization = isLowerCase.Value, RemoveNonSpacingMarks = isLowerCase.Value }
        );
        return new TextTokenizer(
            text => tokenizer.EncodeToIds(text, addSpecialTokens: false),
            [tokenizer.ClassificationTokenId],
            [tokenizer.SeparatorTokenId],
            tokenizer.PaddingTokenId
        );
    }

    /// <summary>Whether a token other than the special ones in brackets holds a capital letter.</summary>
    private static bool HasCapitals(byte[] vocabulary)
    {
        bool isSpecial = false,
            isAtStart = true;
        foreach (byte value in vocabulary)
        {
            if (isAtStart)
                isSpecial = value is (byte)'[' or (byte)'<';
            isAtStart = value == '\n';
            if (!isSpecial && char.IsAsciiLetterUpper((char)value))
                return true;
        }
        return false;
    }
}
