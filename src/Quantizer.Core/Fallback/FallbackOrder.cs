using Quantizer.Calibration;
using Quantizer.Ranges.Planning;
using Quantizer.Search;

namespace Quantizer.Fallback;

/// <summary>
/// In which order the parts of a network are given back to float. Each is quantized alone: the errors of parts add up at the
/// outputs, while taking one part out of a network that others have ruined shows nothing.
/// </summary>
internal static class FallbackOrder
{
    /// <summary>Finer parts of large networks cost more trials than they save integers.</summary>
    private const int MostParts = 48;

    /// <summary>Parts that are measured between two looks at the clock.</summary>
    private const int PartsAtOnce = 8;

    /// <param name="calibrated">The placement whose parts are meant, with its statistics.</param>
    /// <param name="costOf">What giving nodes back costs.</param>
    /// <param name="planOf">The numbers for a part of it.</param>
    /// <param name="hasTime">Asked between trials; what was not measured when time ends comes last.</param>
    /// <param name="measured">Hears the number of parts measured.</param>
    /// <returns>Those with the most error for what they cost first.</returns>
    public static IReadOnlyList<FallbackPart> Of(
        CalibratedModel calibrated,
        Func<IReadOnlyList<string>, double> costOf,
        PlanJudge judge,
        Func<CalibratedModel, QuantizationPlan> planOf,
        Func<bool> hasTime,
        Action<int> measured
    )
    {
        IReadOnlyList<string> all = calibrated.Placed.Sites.WeightedNodes;
        string[][] parts = [.. all.Chunk(Math.Max(1, (all.Count + MostParts - 1) / MostParts))];
        PartTrials trials = new(calibrated, judge, planOf);
        List<FallbackPart> found = [];
        foreach (string[][] some in parts.Chunk(PartsAtOnce))
        {
            double[] errors = hasTime() ? [.. trials.Alone(some).Select(ErrorOf)] : new double[some.Length];
            found.AddRange(some.Select((nodes, i) => new FallbackPart(nodes, costOf(nodes), errors[i])));
            measured(found.Count);
        }
        return [.. found.OrderByDescending(part => part.Merit)];
    }

    /// <summary>What does not run has as much as can be.</summary>
    private static double ErrorOf(double? sqnrDb) => sqnrDb is { } ratio ? Math.Pow(10, -ratio / 10) : 1;
}
