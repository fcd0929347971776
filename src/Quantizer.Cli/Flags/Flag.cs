using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Quantizer.Choices;

namespace Quantizer.Cli.Flags;

/// <summary>Options that check their value and say in plain words what they got and what they expect.</summary>
internal static class Flag
{
    /// <summary>Leaves a choice to the program, in the words of the command line.</summary>
    public const string Auto = "auto";

    /// <summary>Reads a value from its word; false when there is none.</summary>
    public delegate bool TryParse<T>(string? word, [NotNullWhen(true)] out T? value);

    /// <summary>Present or not.</summary>
    public static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A text that is not empty: a path, usually.</summary>
    public static Option<string?> Text(string name, string hint, string description, params string[] aliases) =>
        Create<string?>(name, hint, description, hint, static value => (value.Length > 0, value), aliases);

    /// <summary>One of a table's words.</summary>
    public static Option<T?> Choice<T>(string name, string hint, WordTable<T> table, string description)
        where T : struct, Enum
    {
        Option<T?> option = Create<T?>(name, hint, description, Or(table.Words), value => (table.TryParse(value, out T read), read));
        // Of an enumeration its names would be offered, too, and they are no words of the command line.
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. table.Words]);
        return option;
    }

    /// <summary>A value that the library reads from its word.</summary>
    /// <param name="words">Told and completed.</param>
    /// <param name="expected">Ends the sentence "expected ..." where more than the words is taken.</param>
    public static Option<T?> Choice<T>(
        string name,
        string hint,
        IReadOnlyList<string> words,
        TryParse<T> read,
        string description,
        string? expected = null
    )
        where T : class
    {
        Option<T?> option = Create<T?>(name, hint, description, expected ?? Or(words), text => (read(text, out T? value), value));
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>One of a closed list of words.</summary>
    public static Option<string?> Choice(string name, string hint, IReadOnlyList<string> choices, string description)
    {
        Option<string?> option = Create<string?>(name, hint, description, Or(choices), value => (choices.Contains(value), value));
        option.CompletionSources.Add([.. choices]);
        return option;
    }

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static Option<int?> Whole(string name, int minimum, string description) =>
        Create<int?>(
            name,
            "N",
            description,
            $"a whole number from {minimum}",
            value =>
                (
                    int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum,
                    number
                )
        );

    /// <summary>Any text, as often as wanted.</summary>
    public static Option<string[]> Repeated(string name, string hint, string description) =>
        new(name)
        {
            HelpName = hint,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = static _ => [],
        };

    /// <summary>An option with a value, read by <paramref name="read"/>.</summary>
    /// <param name="expected">Ends the sentence "expected ...".</param>
    public static Option<T> Create<T>(
        string name,
        string hint,
        string description,
        string expected,
        Func<string, (bool Valid, T Value)> read,
        params string[] aliases
    ) =>
        new(name, aliases)
        {
            HelpName = hint,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => Read(result, name, expected, read),
        };

    /// <summary>a, b or c</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    private static T Read<T>(ArgumentResult result, string name, string expected, Func<string, (bool Valid, T Value)> read)
    {
        string text = result.Tokens[^1].Value;
        (bool valid, T value) = read(text);
        if (!valid)
            result.AddError($"Option '{name}' got '{text}'; expected {expected}.");
        return value;
    }
}
