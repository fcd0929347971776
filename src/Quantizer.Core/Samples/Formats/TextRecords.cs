using System.Runtime.InteropServices;
using System.Text;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Sentences, one a line, as token numbers. Sentences keep their own length; where the model fixes one, they are filled up with
/// padding that the mask switches off.</summary>
internal sealed class TextRecords : IRecordSource
{
    private static readonly string[] IdNames = ["input_ids", "ids", "tokens", "token_ids"];

    private readonly LineIndex _lines;
    private readonly TextTokenizer _tokenizer;
    private readonly TensorSignature _ids;
    private readonly IReadOnlyList<TensorSignature> _beside;
    private readonly int? _length;

    private TextRecords(string path, LineIndex lines, TextTokenizer tokenizer, TensorSignature ids, IReadOnlyList<TensorSignature> beside)
    {
        Path = path;
        _lines = lines;
        _tokenizer = tokenizer;
        _ids = ids;
        _beside = beside;
        _length = (int?)ids.Shape?[^1].Size;
        Notes = [$"Sentences of more than {_length ?? TextTokenizer.MostTokens} tokens are cut to that length."];
    }

    public string Path { get; }

    public int Count => _lines.Count;

    public IReadOnlyList<string> Inputs => [_ids.Name, .. _beside.Select(input => input.Name)];

    public IReadOnlyList<string> Notes { get; }

    /// <exception cref="UsageException">No tokenizer was given.</exception>
    /// <exception cref="QuantizationException">The tokenizer cannot be read, the file holds no text, or the model takes none.</exception>
    public static TextRecords Open(string path, DataRequest request)
    {
        if (request.Options.TokenizerPath is not { } tokenizer)
        {
            throw new UsageException(
                $"The file '{path}' holds text, and models take numbers. Give the model's vocabulary with --tokenizer vocab.txt or --tokenizer "
                    + $"tokenizer.json."
            );
        }
        TensorSignature ids = IdsOf(request, path);
        TensorSignature[] beside =
        [
            .. request.Inputs.Where(input =>
                (InputConventions.IsMaskOfText(input) && InputConventions.IsAttentionMask(input) || InputConventions.IsTokenTypes(input))
                && SequenceSides.AreOne(input, ids, request.Inputs)
            ),
        ];
        LineIndex lines = LineIndex.Open(path);
        if (lines.Count > 0)
            return new TextRecords(path, lines, TextTokenizer.Open(tokenizer), ids, beside);
        lines.Dispose();
        throw new QuantizationException($"The file '{path}' holds no text. Expected a sentence a line.");
    }

    public string NameOf(int index) => $"{System.IO.Path.GetFileName(Path)}:{_lines.NumberOf(index)}";

    public IReadOnlyList<RawArray> Load(int index)
    {
        string text = Encoding.UTF8.GetString(_lines.Read(index)).Trim();
        IReadOnlyList<int> tokens = _tokenizer.Encode(text, _length ?? TextTokenizer.MostTokens);
        int length = _length ?? tokens.Count;
        return
        [
            Array(_ids.Name, at => at < tokens.Count ? tokens[at] : _tokenizer.Padding, length),
            .. _beside.Select(input =>
                Array(input.Name, at => InputConventions.IsAttentionMask(input) && at < tokens.Count ? 1 : 0, length)
            ),
        ];
    }

    public void Dispose() => _lines.Dispose();

    private static TensorSignature IdsOf(DataRequest request, string path)
    {
        TensorSignature[] needed = [.. request.Needed];
        return request.Inputs.FirstOrDefault(input => IdNames.Contains(input.Name, StringComparer.OrdinalIgnoreCase))
            ?? (
                needed.Length == 1
                    ? needed[0]
                    : throw new QuantizationException(
                        $"The text of '{path}' feeds one input, and none of {string.Join(", ", request.Inputs.Select(ShapeFit.Describe))} is "
                            + $"called input_ids. Say which it is with NAME={path}."
                    )
            );
    }

    private static RawArray Array(string input, Func<int, long> valueAt, int length)
    {
        long[] values = [.. Enumerable.Range(0, length).Select(valueAt)];
        return new RawArray(input, ElementType.Int64, [length], MemoryMarshal.AsBytes<long>(values).ToArray(), "Its text");
    }
}
