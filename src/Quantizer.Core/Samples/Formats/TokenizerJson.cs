using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Quantizer.Samples.Formats;

/// <summary>
/// A tokenizer.json of Hugging Face's libraries, as far as Microsoft.ML.Tokenizers can do what it says: WordPiece as BERT uses it, and
/// byte-level BPE as GPT-2, RoBERTa and their descendants do.
/// </summary>
internal static class TokenizerJson
{
    /// <summary>How GPT-2 parts words, where the file says no other way.</summary>
    private const string UsualWords = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>A pattern of a file must not hold the run up.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <exception cref="QuantizationException">It says what is not supported.</exception>
    public static TextTokenizer Read(byte[] file, string path)
    {
        using JsonDocument document = JsonDocument.Parse(file);
        JsonElement root = document.RootElement;
        JsonElement model = root.GetProperty("model");
        string type = model.TryGetProperty("type", out JsonElement said) ? said.GetString() ?? "" : "";
        return type switch
        {
            "WordPiece" => WordPiece(root, model, path),
            "BPE" when IsByteLevel(root) => BytePairs(root, model),
            _ => throw new QuantizationException(
                $"The tokenizer '{path}' is of the kind '{type}'{(type == "BPE" ? " that does not work on bytes" : "")}; WordPiece and byte-level "
                    + $"BPE are read. Turn the text into numbers with the model's own tokenizer and give them as .npz or .jsonl."
            ),
        };
    }

    private static TextTokenizer WordPiece(JsonElement root, JsonElement model, string path)
    {
        KeyValuePair<string, int>[] tokens = [.. VocabularyOf(model).OrderBy(entry => entry.Value)];
        if (tokens.Index().Any(token => token.Item.Value != token.Index))
            throw new QuantizationException($"The tokenizer '{path}' numbers its tokens with gaps; 0, 1, 2 and so on were expected.");
        bool? isLowerCase =
            Child(root, "normalizer") is { } normalizer
            && normalizer.TryGetProperty("lowercase", out JsonElement lower)
            && lower.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? lower.GetBoolean()
                : null;
        return WordPieces.Of([.. tokens.Select(token => token.Key)], isLowerCase, path);
    }

    private static TextTokenizer BytePairs(JsonElement root, JsonElement model)
    {
        Dictionary<string, int> vocabulary = VocabularyOf(model);
        BpeOptions options = new(vocabulary)
        {
            Merges = [.. model.GetProperty("merges").EnumerateArray().Select(Merge)],
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(new Regex(WordsOf(root), RegexOptions.CultureInvariant, MostTime), null),
        };
        BpeTokenizer tokenizer = BpeTokenizer.Create(options);
        (IReadOnlyList<int> before, IReadOnlyList<int> after) = SpecialTokens(root);
        return new TextTokenizer(text => tokenizer.EncodeToIds(text), before, after, PaddingOf(root));
    }

    private static Dictionary<string, int> VocabularyOf(JsonElement model) =>
        model
            .GetProperty("vocab")
            .EnumerateObject()
            .DistinctBy(entry => entry.Name)
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32());

    /// <summary>"a b", or since 2024 ["a", "b"].</summary>
    private static string Merge(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!;

    private static bool IsByteLevel(JsonElement root) => Steps(root).Any(step => TypeOf(step) == "ByteLevel");

    private static string WordsOf(JsonElement root) =>
        Steps(root)
            .Where(step => TypeOf(step) == "Split")
            .Select(step => step.GetProperty("pattern").TryGetProperty("Regex", out JsonElement pattern) ? pattern.GetString() : null)
            .FirstOrDefault(pattern => pattern is not null)
        ?? UsualWords;

    private static IEnumerable<JsonElement> Steps(JsonElement root) =>
        Child(root, "pre_tokenizer") is not { } step ? []
        : TypeOf(step) == "Sequence" ? step.GetProperty("pretokenizers").EnumerateArray()
        : [step];

    /// <summary>What the post-processor puts before and behind a single sentence.</summary>
    private static (IReadOnlyList<int> Before, IReadOnlyList<int> After) SpecialTokens(JsonElement root)
    {
        if (Child(root, "post_processor") is not { } step)
            return ([], []);
        switch (TypeOf(step))
        {
            case "RobertaProcessing" or "BertProcessing":
                return ([step.GetProperty("cls")[1].GetInt32()], [step.GetProperty("sep")[1].GetInt32()]);
            case "TemplateProcessing":
                List<int> before = [],
                    after = [];
                List<int> now = before;
                foreach (JsonElement part in step.GetProperty("single").EnumerateArray())
                {
                    if (part.TryGetProperty("SpecialToken", out JsonElement token))
                        now.AddRange(NumbersOf(step, token.GetProperty("id").GetString()!));
                    else
                        now = after;
                }
                return (before, after);
            default:
                return ([], []);
        }
    }

    private static IEnumerable<int> NumbersOf(JsonElement step, string token) =>
        step.GetProperty("special_tokens").GetProperty(token).GetProperty("ids").EnumerateArray().Select(number => number.GetInt32());

    private static int PaddingOf(JsonElement root) =>
        Child(root, "padding") is { } padding && padding.TryGetProperty("pad_id", out JsonElement number) ? number.GetInt32() : 0;

    private static JsonElement? Child(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement child) && child.ValueKind == JsonValueKind.Object ? child : null;

    private static string? TypeOf(JsonElement step) => step.TryGetProperty("type", out JsonElement type) ? type.GetString() : null;
}
