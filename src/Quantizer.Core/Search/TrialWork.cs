namespace Quantizer.Search;

/// <summary>What trying a model costs, in multiply-accumulates of the same time.</summary>
internal static class TrialWork
{
    /// <summary>Running a model costs this much at least, however small it is.</summary>
    private const double LeastPerSample = 10e6;

    /// <summary>Opening a model costs as much as running it this often.</summary>
    private const int RunsPerOpening = 8;

    /// <summary>Of one run.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    public static double OfSample(long macs) => Math.Max(macs, LeastPerSample);

    /// <summary>Of opening a model and running it on so many samples.</summary>
    /// <param name="macs">Multiply-accumulates of one sample.</param>
    public static double Of(long macs, int samples) => OfSample(macs) * (samples + RunsPerOpening);
}
