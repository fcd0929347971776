namespace Quantizer.Pipeline;

/// <summary>For callers that do not listen.</summary>
internal sealed class UnheardProgress : IProgressObserver
{
    public void StageStarted(string stage, int total) { }

    public void Advanced(int done) { }

    public void Noted(string message) { }
}
