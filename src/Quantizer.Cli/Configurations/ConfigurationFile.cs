using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using System.Text.Json;
using Quantizer.Cli.Flags;
using Quantizer.Graphs.Files;

namespace Quantizer.Cli.Configurations;

/// <summary>A JSON file of options. Comments and trailing commas are allowed; relative paths begin at the file's folder.</summary>
internal sealed class ConfigurationFile
{
    public const string Name = "--config";

    private const string Schema = "$schema";

    private static readonly JsonReaderOptions Leniently = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly IReadOnlyList<ConfigurationField> _fields;
    private readonly Dictionary<ConfigurationField, IReadOnlyList<string>> _values = [];

    private ConfigurationFile(string path, byte[] bytes, IReadOnlyList<ConfigurationField> fields) =>
        (_path, _bytes, _fields) = (path, bytes, fields);

    /// <summary>The option that names one.</summary>
    public static Option<string?> Option() =>
        Flag.Text(
            Name,
            "FILE",
            "Take options from a JSON file: each has a field named like it, without the dashes, and each argument one in small letters, such "
                + "as \"model\". Comments are allowed. What the command line says wins; relative paths begin at the file's folder."
        );

    /// <summary>The fields that the file of a command may have.</summary>
    public static IReadOnlyList<ConfigurationField> FieldsOf(Command command) =>
        [
            .. command.Arguments.Select(ConfigurationField.Of),
            .. command
                .Options.Where(option => option.Name != Name && option is not (HelpOption or VersionOption))
                .Select(ConfigurationField.Of),
        ];

    /// <exception cref="UsageException">The file cannot be read or understood; the message gives the line.</exception>
    public static ConfigurationFile Read(string path, Command command)
    {
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new UsageException($"The configuration '{path}' is {kind}; a JSON file was expected.");
        try
        {
            ConfigurationFile file = new(path, File.ReadAllBytes(path), FieldsOf(command));
            file.ReadFields();
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The configuration '{path}' cannot be read: {error.Message.TrimEnd('.')}.", error);
        }
        catch (JsonException error)
        {
            throw new UsageException(
                $"The configuration '{path}', line {error.LineNumber + 1}: this is no JSON: {error.Message.Split(" LineNumber")[0]}",
                error
            );
        }
    }

    /// <summary>The command line with what it does not say itself.</summary>
    /// <param name="arguments">What <paramref name="parse"/> is of.</param>
    public IReadOnlyList<string> AddedTo(IReadOnlyList<string> arguments, ParseResult parse)
    {
        IEnumerable<string> added = _values
            .Where(value => !value.Key.IsGivenIn(parse))
            .SelectMany(value => value.Value.Select(value.Key.Argument));
        string[] options = [.. arguments.TakeWhile(argument => argument != "--")];
        return [.. options, .. added, .. arguments.Skip(options.Length)];
    }

    private void ReadFields()
    {
        Utf8JsonReader reader = new(_bytes.AsSpan(Start), Leniently);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw At(reader.TokenStartIndex, "expected an object { } of fields.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            long place = reader.TokenStartIndex;
            string name = reader.GetString()!;
            reader.Read();
            JsonElement value = JsonElement.ParseValue(ref reader);
            if (name != Schema)
                Take(FieldOf(name, place), value, place);
        }
        // What stands behind the object is an error of the reader's.
        reader.Read();
    }

    /// <summary>Some editors begin a file with a byte order mark.</summary>
    private int Start => _bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    private ConfigurationField FieldOf(string name, long place)
    {
        if (_fields.FirstOrDefault(field => field.Name == name) is { } known)
            return known;
        string meant = NearestWord.Find(name, _fields.Select(field => field.Name)) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Fields are {Flag.Or([.. _fields.Select(field => field.Name)])}.";
        throw At(place, $"there is no field '{name}'. {meant}");
    }

    private void Take(ConfigurationField field, JsonElement value, long place)
    {
        IReadOnlyList<string> texts =
            field.TextsOf(value) ?? throw At(place, $"'{field.Name}' got {Shown(value)}; expected {field.Expected}.");
        string folder = Path.GetDirectoryName(_path) ?? "";
        // An empty text is the option's to refuse, not the folder itself.
        texts = [.. texts.Select(text => text.Length == 0 ? text : field.In(folder, text))];
        if (texts.Select(field.Complaint).FirstOrDefault(complaint => complaint is not null) is { } wrong)
            throw At(place, wrong);
        if (!_values.TryAdd(field, texts))
            throw At(place, $"'{field.Name}' is there twice; say it once.");
    }

    private static string Shown(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array of other things",
            _ => value.GetRawText(),
        };

    private UsageException At(long place, string what) =>
        new($"The configuration '{_path}', line {1 + _bytes.AsSpan(0, Start + (int)place).Count((byte)'\n')}: {what}");
}
