using System.Runtime.ExceptionServices;

namespace Quantizer.Calibration.Running;

/// <summary>
/// The failure of the earliest sample, whichever worker met it: what is reported does not depend on the workers' speed.
/// Work goes out in order, so every earlier sample is at least begun when a failure is met. Thread-safe.
/// </summary>
internal sealed class SampleFailure
{
    private readonly Lock _lock = new();
    private ExceptionDispatchInfo? _error;
    private volatile int _index = int.MaxValue;

    /// <summary>Samples behind the failed one need not be looked at any more.</summary>
    public bool MakesNeedless(int index) => index > _index;

    public void Report(int index, Exception error)
    {
        lock (_lock)
        {
            if (index >= _index) return;
            _index = index;
            _error = ExceptionDispatchInfo.Capture(error);
        }
    }

    public void ThrowIfAny() => _error?.Throw();
}
