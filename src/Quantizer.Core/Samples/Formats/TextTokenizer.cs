using System.Text;
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
                : WordPieces.Of(
                    Encoding
                        .UTF8.GetString(file)
                        .TrimStart('\uFEFF')
                        .TrimEnd('\n', '\r')
                        .Split('\n')
                        .Select(line => line.TrimEnd('\r'))
                        .ToArray(),
                    isLowerCase: null,
                    path
                );
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
}
