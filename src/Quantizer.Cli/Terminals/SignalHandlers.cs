using System.Runtime.InteropServices;

namespace Quantizer.Cli.Terminals;

/// <summary>Turns Ctrl-C and a termination request into an <see cref="Interruption"/>; a second one ends the program at once.</summary>
internal sealed class SignalHandlers : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public SignalHandlers(Interruption interruption, TextWriter error)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCodes.Terminated));

        void Handle(PosixSignalContext context, int exitCode)
        {
            if (!interruption.Request(exitCode))
                Environment.Exit(exitCode);
            context.Cancel = true;
            error.WriteLine();
            error.WriteLine("Stopping after the current step; once more to stop at once.");
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
