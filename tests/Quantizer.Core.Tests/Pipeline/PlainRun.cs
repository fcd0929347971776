namespace Quantizer.Core.Tests.Pipeline;

/// <summary>The plainest run, made once for all tests that compare with it.</summary>
public sealed class PlainRun : IDisposable
{
    internal BundledRun Run { get; } = new();

    public void Dispose() => Run.Dispose();
}
