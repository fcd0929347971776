using Quantizer.Search;

namespace Quantizer.Fallback;

/// <summary>How many layers are measured at the outputs, and on how many samples. It is counted in multiply-accumulates, not timed, so that
/// a report does not depend on the machine.</summary>
/// <param name="Samples">For each.</param>
/// <param name="Alone">Layers that are measured alone.</param>
/// <param name="GivenBack">Of those the costliest, which are also given back to float.</param>
internal readonly record struct CostBudget(int Samples, int Alone, int GivenBack)
{
    /// <summary>Multiply-accumulates of all trials: some ten seconds on two cores, which a report with details may take.</summary>
    public const double All = 600e9;

    /// <summary>Each byte of a model's constants, which are rounded, written and read for a trial, costs as much as these
    /// multiply-accumulates: a sentence encoder of 90 MB takes 0.3 s for each layer.</summary>
    private const int MacsPerByte = 100;

    /// <summary>A ratio over whole outputs tells layers apart by few samples; before layers are left out there are fewer still.</summary>
    private static readonly int[] SampleCounts = [8, 4, 2];

    /// <summary>Where one looks for what to leave in float.</summary>
    private const int MostGivenBack = 8;

    /// <param name="macs">Multiply-accumulates of one sample.</param>
    /// <param name="bytes">Of the network's constants.</param>
    /// <param name="layers">There are in all.</param>
    /// <param name="samples">There are to measure on.</param>
    public static CostBudget Of(long macs, long bytes, int layers, int samples)
    {
        int most = Math.Min(layers, MostGivenBack);
        int count = SampleCounts
            .Select(count => Math.Min(count, samples))
            .FirstOrDefault(count => TrialsOf(macs, bytes, count) >= layers + most);
        if (count == 0)
            count = Math.Min(SampleCounts[^1], samples);
        int trials = TrialsOf(macs, bytes, count),
            alone = Math.Min(layers, trials);
        return new CostBudget(count, alone, Math.Min(most, trials - alone));
    }

    private static int TrialsOf(long macs, long bytes, int samples) =>
        (int)(All / (TrialWork.Of(macs, samples) + ((double)bytes * MacsPerByte)));
}
