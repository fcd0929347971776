using Quantizer.Cli;
using Quantizer.Cli.Terminals;

namespace Quantizer.EndToEnd.Tests.Programs;

/// <summary>The whole program with the real pipeline, in this process.</summary>
internal static class CommandLine
{
    public static ProgramResult Run(params string[] arguments) => Run(PipelineCalls.Real, arguments);

    public static ProgramResult Run(PipelineCalls calls, params string[] arguments)
    {
        using Interruption interruption = new();
        return Run(calls, interruption, arguments);
    }

    public static ProgramResult Run(PipelineCalls calls, Interruption interruption, params string[] arguments)
    {
        // Notes come from the workers' threads.
        StringWriter standard = new() { NewLine = "\n" },
            error = new() { NewLine = "\n" };
        Terminal terminal = new(TextWriter.Synchronized(standard), TextWriter.Synchronized(error));
        int exitCode = new Application(terminal, calls, interruption).Run(arguments);
        return new ProgramResult(exitCode, standard.ToString(), error.ToString());
    }
}
