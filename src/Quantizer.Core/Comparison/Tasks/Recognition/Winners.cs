using Quantizer.Execution;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Which of an output's numbers is the largest, sample by sample. Classes take turns; of a network that computes quantities, such
/// as the positions of points, the same one may always be the largest, and agreement on it would tell nothing.</summary>
internal static class Winners
{
    /// <summary>With fewer samples it may be by chance.</summary>
    private const int Fewest = 8;

    /// <summary>Of balanced classes even two are both among them.</summary>
    public const int Most = 16;

    /// <param name="samples">At most <see cref="Most"/>, spread over the data. They are run until a second winner is found.</param>
    /// <exception cref="QuantizationException">The model cannot be run on them.</exception>
    public static bool IsAlwaysTheSame(
        InferenceModel model,
        IReadOnlyList<Sample> samples,
        string output,
        CancellationToken cancellation
    ) =>
        samples.Count >= Fewest
        && !samples
            .Select(sample => ClassScores.TopOf(OutputValues.Floats(model.Run(sample.Inputs, [output], cancellation)[output])))
            .Distinct()
            .Skip(1)
            .Any();
}
