using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Scripts;
using Quantizer.Cli.Terminals;
using Quantizer.Cli.Usage;
using Quantizer.Cli.Workflows;

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
        ParseResult parse = Parse(CreateRoot(CreatePages(calls)), expanded.Arguments);
        if (parse.GetResult(ConfigurationFile.Name) is not OptionResult { Tokens: [{ Value: { Length: > 0 } path }] } || IsPrinting(parse))
            return Run(expanded.Arguments, CreatePages(calls.With(expanded.Arguments, expanded.Files)));
        IReadOnlyList<string> arguments;
        try
        {
            arguments = ConfigurationFile.Read(path, parse.CommandResult.Command).AddedTo(expanded.Arguments, parse);
        }
        catch (UsageException error)
        {
            return Refuse(parse.CommandResult.Command, [Printable.Lines(error.Message)]);
        }
        return Run(arguments, CreatePages(calls.With(expanded.Arguments, [.. expanded.Files, path])));
    }

    private static ParseResult Parse(RootCommand root, IReadOnlyList<string> arguments) =>
        root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>Help, say, whatever else stands there.</summary>
    private static bool IsPrinting(ParseResult parse) => parse.Action is PrintAction;

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
        ParseResult parse = Parse(root, arguments);
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
            TellError(message);
            return ExitCodes.Failed;
        }
    }

    private IReadOnlyList<CommandPage> CreatePages(PipelineCalls calls)
    {
        ReportedRun run = new(terminal);
        IReadOnlyList<CommandPage> pages = [];
        pages =
        [
            new QuantizeCommand().Create(run, calls, interruption.Token),
            new CompareCommand().Create(run, calls, interruption.Token),
            new InspectCommand().Create(terminal, calls, interruption.Token),
            new InitCommand().Create(terminal, calls, interruption.Token),
            new RerunCommand().Create(run, terminal, calls, interruption.Token),
            new DiffCommand().Create(terminal, calls),
            new BenchCommand().Create(terminal, calls, interruption.Token),
            new ExplainCommand().Create(terminal),
            new SchemaCommand().Create(terminal, () => pages),
            new CompletionCommand().Create(terminal, () => pages),
            ManCommand.Create(terminal, () => pages),
        ];
        return pages;
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
            TellError(error);
        terminal.Error.WriteLine(UsageErrors.WhereHelpIs(command));
        return ExitCodes.WrongUsage;
    }

    private void TellError(string message)
    {
        terminal.Error.WriteLine($"{terminal.ErrorInk.Red("error:")} {message}");
        if (terminal.Workflow is not null)
            GitHubWorkflow.AnnotateFailure(message, terminal.Error);
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
