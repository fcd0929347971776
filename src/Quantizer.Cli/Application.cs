using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Cli.Usage;

namespace Quantizer.Cli;

/// <summary>The whole program apart from the process around it: arguments in, text and an exit code out.</summary>
internal sealed class Application(Terminal terminal, PipelineCalls calls, Interruption interruption)
{
    private const string Verbose = "--verbose";

    public int Run(IReadOnlyList<string> written)
    {
        ArgumentFiles expanded;
        try
        {
            expanded = ArgumentFiles.Expand(written);
        }
        catch (UsageException error)
        {
            return Refuse(CreateRoot(CreatePages(calls)), [Printable.Lines(error.Message)]);
        }
        return Run(expanded.Arguments, CreatePages(calls.With(expanded)));
    }

    private int Run(IReadOnlyList<string> arguments, IReadOnlyList<CommandPage> pages)
    {
        RootCommand root = CreateRoot(pages);
        if (arguments.Count == 0)
        {
            HelpPage.WriteStart(pages[0], terminal.Error, terminal.Width);
            terminal.Error.WriteLine();
            terminal.Error.WriteLine(UsageErrors.WhereHelpIs(root));
            return ExitCodes.WrongUsage;
        }
        ParseResult parse = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<string> errors = UsageErrors.Of(parse, arguments);
        if (errors.Count > 0)
            return Refuse(parse.CommandResult.Command, errors);
        try
        {
            return parse.Invoke(
                new InvocationConfiguration
                {
                    Output = terminal.Out,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // Interruption does this, and tells SIGINT from SIGTERM.
                    ProcessTerminationTimeout = null,
                }
            );
        }
        catch (Exception exception) when (interruption.Token.IsCancellationRequested)
        {
            // Whatever a stopped step threw, the reason is that it was stopped.
            terminal.Error.WriteLine(Printable.Lines(Failure.DescribeInterruption(exception)));
            return interruption.ExitCode;
        }
        catch (Exception exception)
        {
            bool verbose = parse.GetResult(Verbose) is OptionResult { Implicit: false };
            string message = Printable.Lines(Failure.Describe(exception, verbose));
            if (Failure.IsWrongUsage(exception))
                return Refuse(parse.CommandResult.Command, [message]);
            terminal.Error.WriteLine($"error: {message}");
            return ExitCodes.Failed;
        }
    }

    private IReadOnlyList<CommandPage> CreatePages(PipelineCalls calls)
    {
        ReportedRun run = new(terminal);
        return
        [
            new QuantizeCommand().Create(run, calls, interruption.Token),
            new CompareCommand().Create(run, calls, interruption.Token),
            new InspectCommand().Create(terminal, calls),
        ];
    }

    private RootCommand CreateRoot(IReadOnlyList<CommandPage> pages)
    {
        RootCommand root = (RootCommand)pages[0].Command;
        foreach (CommandPage page in pages.Skip(1))
            root.Subcommands.Add(page.Command);
        // The built-in ones take /h for help, which is a path, and print the version of the process's first assembly.
        foreach (Option builtIn in root.Options.Where(option => option is HelpOption or VersionOption).ToArray())
            root.Options.Remove(builtIn);
        root.Options.Add(
            new HelpOption("--help", "-h", "-?")
            {
                Action = new PrintAction(parse => HelpPage.Write(PageOf(parse, pages), terminal.Out, terminal.Width)),
            }
        );
        root.Options.Add(
            new VersionOption("--version") { Action = new PrintAction(_ => terminal.Out.WriteLine($"quantize {ToolVersion.Text}")) }
        );
        return root;
    }

    private static CommandPage PageOf(ParseResult parse, IReadOnlyList<CommandPage> pages) =>
        pages.Single(page => page.Command == parse.CommandResult.Command);

    private int Refuse(Command command, IReadOnlyList<string> errors)
    {
        foreach (string error in errors)
            terminal.Error.WriteLine($"error: {error}");
        terminal.Error.WriteLine(UsageErrors.WhereHelpIs(command));
        return ExitCodes.WrongUsage;
    }

    /// <summary>Prints and is done.</summary>
    private sealed class PrintAction(Action<ParseResult> print) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            print(parseResult);
            return ExitCodes.Done;
        }
    }
}
