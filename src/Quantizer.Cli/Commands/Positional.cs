using System.CommandLine;

namespace Quantizer.Cli.Commands;

/// <summary>Arguments and options that a command cannot do without, with errors that show how it is meant.</summary>
internal static class Positional
{
    public static Argument<string> Path(string name, string description) =>
        new(name)
        {
            Description = description,
            // A missing one is told by Require, in better words than the parser's.
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = static _ => "",
        };

    public static void Require(Command command, Argument<string> argument, string meaning, string example) =>
        command.Validators.Add(result =>
        {
            if (result.GetResult(argument) is not { Tokens.Count: > 0 })
                result.AddError($"{argument.Name} is missing: {meaning}. Example: {example}");
        });

    public static void Require(Command command, Option option, string meaning, string example) =>
        command.Validators.Add(result =>
        {
            if (result.GetResult(option) is not { Implicit: false })
                result.AddError($"Option '{option.Name}' is missing: {meaning}. Example: {example}");
        });
}
