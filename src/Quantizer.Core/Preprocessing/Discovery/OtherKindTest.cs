using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Recognizes networks that give no class scores though their answer has the shape of some: coordinates of points, vectors to compare,
/// scores of a detector's anchors, pictures. Read as scores, such answers are surest where pictures are prepared wrongly, since all numbers
/// grow with what the network is fed: a network of faces would have been calibrated on values a hundred times too large.
/// </summary>
internal static class OtherKindTest
{
    /// <summary>What the numbers are hardly depends on the picture.</summary>
    private const int Pictures = 2;

    /// <summary>The kind, where most answers are none of a classifier's; null where they may be. Which preparation is the right one it does
    /// not tell.</summary>
    public static NetworkKind? Of(
        IReadOnlyList<PreparationCandidate> candidates,
        PreparationProbes probes,
        PictureInput input,
        TrialPictures pictures,
        SampleWorkers workers
    )
    {
        List<NetworkKind?> kinds = [];
        foreach (PreparationCandidate candidate in candidates)
        {
            Trial<NetworkKind?> trial = new(candidate, input.Type, prepared => KindOf(prepared, probes, input));
            trial.Ask(pictures.First(Pictures), workers);
            kinds.AddRange(trial.Answers);
            // Most networks tell by the first candidate that they are classifiers.
            if (kinds.TrueForAll(kind => kind is null))
                return null;
        }
        NetworkKind[] others = [.. kinds.OfType<NetworkKind>()];
        return 2 * others.Length > kinds.Count ? others.GroupBy(kind => kind).MaxBy(group => group.Count())!.Key : null;
    }

    private static NetworkKind? KindOf(TensorValue prepared, PreparationProbes probes, PictureInput input) =>
        ArePoints(probes.FirstOutput!(prepared)) ? NetworkKind.Of(input, classes: 0) : probes.OtherKind?.Invoke(prepared);

    private static bool ArePoints(TensorValue output) =>
        output.Type == ElementType.Float && output.Shape.Count(size => size != 1) == 1 && PointTurns.Holds(output.Floats);
}
