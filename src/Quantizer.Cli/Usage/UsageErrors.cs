using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Quantizer.Cli.Flags;

namespace Quantizer.Cli.Usage;

/// <summary>What is wrong with a command line, in our own words; empty when it can be run.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult parse, IReadOnlyList<string> arguments)
    {
        if (parse.Action is not (ParseErrorAction or null) && parse.Action.ClearsParseErrors)
            return [];
        if (MisspelledCommand(parse, arguments) is { } misspelled)
            return [misspelled];
        if (BeforeCommand(parse) is { } misplaced)
            return [misplaced];
        // An unknown word often explains the rest: a misspelled --calib leaves --calib missing.
        string[] unknown =
        [
            .. parse.UnmatchedTokens.Concat(OptionsTakenAsPaths(parse)).Select(token => Unknown(token, parse.CommandResult.Command)),
        ];
        return unknown.Length > 0 ? [unknown[0]] : [.. parse.Errors.Select(InOwnWords).Distinct()];
    }

    public static string WhereHelpIs(Command command) =>
        $"'quantize{(command is RootCommand ? "" : $" {command.Name}")} --help' tells all options, with examples.";

    private static string? MisspelledCommand(ParseResult parse, IReadOnlyList<string> arguments)
    {
        string first = arguments[0];
        bool tookItAsModel = parse.CommandResult.Command is RootCommand && !first.StartsWith('-') && parse.UnmatchedTokens.Count > 0;
        if (!tookItAsModel || File.Exists(first) || first.AsSpan().ContainsAny('/', '\\', '.'))
            return null;
        string[] names = [.. parse.CommandResult.Command.Subcommands.Select(command => command.Name)];
        return NearestWord.Find(first, names) is { } meant
            ? $"'{first}' is neither a command nor a file; did you mean 'quantize {meant}'?"
            : $"'{first}' is neither a command nor a file; commands are {Flag.Or(names)}, and a model is an .onnx file.";
    }

    /// <summary>What stands before a subcommand would be silently ignored.</summary>
    private static string? BeforeCommand(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        if (command is RootCommand || parse.RootCommandResult.Children.FirstOrDefault(IsGiven) is not { } misplaced)
            return null;
        string given = misplaced is OptionResult option ? option.Option.Name : misplaced.Tokens[0].Value;
        return $"'{given}' stands before the command '{command.Name}'; write it behind. For a file or folder named '{command.Name}' write "
            + $"'./{command.Name}'.";
    }

    /// <summary>To the parser, a lone unknown option is as good a path as any.</summary>
    private static IEnumerable<string> OptionsTakenAsPaths(ParseResult parse) =>
        parse
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(value => value.StartsWith("--", StringComparison.Ordinal) && !File.Exists(value));

    private static bool IsGiven(SymbolResult result) => result is OptionResult { Implicit: false } or ArgumentResult { Tokens.Count: > 0 };

    private static string Unknown(string token, Command command)
    {
        if (!token.StartsWith('-'))
        {
            return $"'{token}' is one argument too many. Quote a pattern so that the shell does not expand it, and repeat an option to "
                + $"give it several values.";
        }

        IEnumerable<string> known = command.Options.Select(option => option.Name).Append("--help");
        string name = token.Split('=', ':')[0];
        return $"Unknown option '{name}'." + (NearestWord.Find(name, known) is { } meant ? $" Did you mean '{meant}'?" : "");
    }

    private static string InOwnWords(ParseError error)
    {
        OptionResult? option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        return option switch
        {
            { Tokens.Count: 0, Option.Arity.MinimumNumberOfValues: > 0 } =>
                $"Option '{option.Option.Name}' needs a value: {option.Option.HelpName}.",
            { Option.Arity.MaximumNumberOfValues: 1, IdentifierTokenCount: > 1 } =>
                $"Option '{option.Option.Name}' is given {option.IdentifierTokenCount} times; give it once.",
            _ => error.Message,
        };
    }
}
