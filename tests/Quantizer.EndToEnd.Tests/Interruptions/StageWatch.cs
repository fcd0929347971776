using Quantizer.Pipeline;

namespace Quantizer.EndToEnd.Tests.Interruptions;

/// <summary>Passes everything on and acts when a stage begins, or when it has made a step.</summary>
internal sealed class StageWatch(IProgressObserver observer, string watched, bool afterOneStep, Action act) : IProgressObserver
{
    private string? _current;

    public void StageStarted(string started, int total)
    {
        observer.StageStarted(started, total);
        _current = started;
        if (!afterOneStep && started == watched)
            act();
    }

    public void Advanced(int done)
    {
        observer.Advanced(done);
        if (afterOneStep && _current == watched)
            act();
    }

    public void Noted(string message) => observer.Noted(message);
}
