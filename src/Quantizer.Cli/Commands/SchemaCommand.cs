using System.CommandLine;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;

namespace Quantizer.Cli.Commands;

/// <summary>quantize schema NAME</summary>
internal sealed class SchemaCommand
{
    public const string Name = "schema";

    private const string Example = "quantize schema quantize";

    private readonly Argument<string> _name = Positional.Path("NAME", "");

    /// <param name="pages">Asked for when the schema of a command's configuration is wanted.</param>
    public CommandPage Create(Terminal terminal, Func<IReadOnlyList<CommandPage>> pages)
    {
        const string Summary = "Prints the JSON Schema of a file that quantize reads or writes.";
        Command command = new(Name, Summary) { _name };
        _name.Description =
            $"{Flag.Or(Configured)}: a configuration of that command; {Flag.Or([.. ReportSchema.Names])}: JSON that is written.";
        _name.CompletionSources.Add(Names);
        Positional.Require(command, _name, Flag.Or(Names), Example);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_name) is { Tokens: [{ Value: var name }] } && !Names.Contains(name))
                result.AddError($"There is no schema '{name}'; expected {Flag.Or(Names)}.");
        });
        command.SetAction(parse => terminal.Out.WriteLine(Text(parse.GetRequiredValue(_name), pages())));
        return new CommandPage(
            command,
            Summary,
            [("quantize schema NAME", "")],
            [(Example, "What a configuration for --config may hold; editors complete and check by it.")],
            []
        ).WithOptionsAdded();
    }

    private static string[] Configured { get; } = [QuantizeCommand.Name, CompareCommand.Name];

    private static string[] Names { get; } = [.. Configured, .. ReportSchema.Names];

    private static string Text(string name, IReadOnlyList<CommandPage> pages) =>
        ReportSchema.Names.Contains(name)
            ? ReportSchema.Text(name)
            : ConfigurationSchema.Of(
                pages.Select(page => page.Command).Single(command => (command is RootCommand ? QuantizeCommand.Name : command.Name) == name)
            );
}
