using System.CommandLine;
using System.Text.Json;
using Quantizer.Cli.Flags;

namespace Quantizer.Cli.Configurations;

/// <summary>A field of a configuration file: an option of a command, named like it without the dashes, or one of its arguments.</summary>
internal sealed class ConfigurationField
{
    private static readonly string[] PathHints = ["FILE", "FOLDER", DataHint];
    private const string DataHint = "DATA";

    private readonly Symbol _symbol;

    private ConfigurationField(Symbol symbol, FieldKind kind, string? hint) =>
        (_symbol, Kind, Hint, Name) = (symbol, kind, hint, symbol.Name.TrimStart('-').ToLowerInvariant());

    public string Name { get; }

    public FieldKind Kind { get; }

    /// <summary>What its help calls a value; null for switches and arguments.</summary>
    public string? Hint { get; }

    public string Description => _symbol.Description ?? "";

    /// <summary>The words that it takes; none where it takes others as well.</summary>
    public IReadOnlyList<string> Words =>
        _symbol is Option option && Kind == FieldKind.Text
            ?
            [
                .. option
                    .CompletionSources.SelectMany(source => source(System.CommandLine.Completions.CompletionContext.Empty))
                    .Select(item => item.Label)
                    .Where(word => Complaint(word) is null)
                    .Distinct(),
            ]
            : [];

    public static ConfigurationField Of(Argument argument) => new(argument, FieldKind.Text, null);

    public static ConfigurationField Of(Option option) => new(option, KindOf(option.ValueType), option.HelpName);

    /// <summary>Whether the command line says it already.</summary>
    public bool IsGivenIn(ParseResult parse) =>
        _symbol is Argument argument
            ? parse.GetResult(argument) is { Tokens.Count: > 0 }
            : parse.GetResult((Option)_symbol) is { Implicit: false };

    /// <summary>The values in the words of the command line; null where the field holds none of this kind.</summary>
    public IReadOnlyList<string>? TextsOf(JsonElement value) =>
        (Kind, value.ValueKind) switch
        {
            (FieldKind.Switch, JsonValueKind.True) => [""],
            (FieldKind.Switch, JsonValueKind.False) => [],
            (FieldKind.Whole or FieldKind.Number, JsonValueKind.Number) => [value.GetRawText()],
            (FieldKind.Number or FieldKind.Numbers or FieldKind.Text or FieldKind.Texts, JsonValueKind.String) => [value.GetString()!],
            (FieldKind.Numbers, JsonValueKind.Array) when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) =>
            [
                string.Join(',', value.EnumerateArray().Select(item => item.GetRawText())),
            ],
            (FieldKind.Texts, JsonValueKind.Array) when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [
                .. value.EnumerateArray().Select(item => item.GetString()!),
            ],
            _ => null,
        };

    /// <summary>A value's path seen from a folder; any other value as it is.</summary>
    public string In(string folder, string text)
    {
        if (_symbol is Option && !PathHints.Contains(Hint))
            return text;
        string path = Path.Combine(folder, text);
        return Hint == DataHint && text.IndexOf('=') is > 0 and int at && !File.Exists(path) && !Directory.Exists(path)
            ? $"{text[..at]}={Path.Combine(folder, text[(at + 1)..])}"
            : path;
    }

    /// <summary>The argument that gives it a value.</summary>
    public string Argument(string text) =>
        _symbol is Option option
            ? Kind == FieldKind.Switch
                ? option.Name
                : $"{option.Name}={text}"
            // Neither an option nor a command.
            : Path.GetFileName(text) == text
                ? Path.Combine(".", text)
                : text;

    /// <summary>What the option itself has against a value; null: nothing.</summary>
    public string? Complaint(string text)
    {
        if (text.Length == 0 && Kind != FieldKind.Switch)
            return $"'{Name}' got ''; expected {Hint ?? "a file"}.";
        if (_symbol is not Option option)
            return null;
        Command alone = new("alone") { option };
        ParseResult parse = alone.Parse([Argument(text)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parse.Errors is [var error, ..]
            ? error.Message.Replace($"Option '{option.Name}'", $"'{Name}'", StringComparison.Ordinal)
            : null;
    }

    /// <summary>Ends the sentence "expected ...".</summary>
    public string Expected =>
        Kind switch
        {
            FieldKind.Switch => "true or false",
            FieldKind.Whole => "a whole number without quotes",
            FieldKind.Number => "a number, or a text such as \"1/255\"",
            FieldKind.Numbers => $"an array of numbers, or a text {Hint}",
            FieldKind.Texts => $"a text {Hint}, or an array of them",
            _ => Words.Count > 0
                ? $"one of {Flag.Or([.. Words.Select(word => $"\"{word}\"")])}"
                : $"a text{(Hint is null ? "" : " " + Hint)}",
        };

    private static FieldKind KindOf(Type type) =>
        type == typeof(bool) ? FieldKind.Switch
        : type == typeof(int?) ? FieldKind.Whole
        : type == typeof(double?) || type == typeof(float?) ? FieldKind.Number
        : type == typeof(IReadOnlyList<float>) || type == typeof(IReadOnlyList<long>) ? FieldKind.Numbers
        : type == typeof(string[]) ? FieldKind.Texts
        : FieldKind.Text;
}
