using System.CommandLine;
using System.CommandLine.Help;
using Quantizer.Cli.Commands;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Tests.Configurations;

/// <summary>Commands as the program makes them, to look at.</summary>
internal static class Commands
{
    public static Command Quantize { get; } =
        new QuantizeCommand()
            .Create(new ReportedRun(new Terminal(TextWriter.Null, TextWriter.Null)), PipelineCalls.Real, CancellationToken.None)
            .Command;

    /// <summary>Options that every root command has by itself.</summary>
    public static int BuiltIn => Quantize.Options.Count(option => option is HelpOption or VersionOption);
}
