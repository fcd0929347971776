using Quantizer.Pipeline;

namespace Quantizer.Benchmarks;

/// <summary>Hears nothing: the tables are all that is printed.</summary>
internal sealed class SilentObserver : IProgressObserver
{
    public void StageStarted(string stage, int total) { }

    public void Advanced(int done) { }

    public void Noted(string message) { }
}
