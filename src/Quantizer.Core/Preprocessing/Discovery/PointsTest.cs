using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Recognizes networks whose list of numbers holds the coordinates of points. It looks like one of class scores by its shape; read so, the
/// networks are surest where their pictures are prepared wrongly, since all numbers grow with what they are fed.
/// </summary>
internal static class PointsTest
{
    /// <summary>What the numbers are hardly depends on the picture.</summary>
    private const int Pictures = 2;

    /// <summary>Whether most answers are such lists. Which preparation is the right one it does not tell.</summary>
    public static bool Holds(
        IReadOnlyList<PreparationCandidate> candidates,
        PreparationProbes probes,
        PictureInput input,
        TrialPictures pictures,
        SampleWorkers workers
    )
    {
        int asked = 0,
            points = 0;
        foreach (PreparationCandidate candidate in candidates)
        {
            Trial<bool> trial = new(candidate, input.Type, prepared => ArePoints(probes.FirstOutput!(prepared)));
            trial.Ask(pictures.First(Pictures), workers);
            asked += trial.Answers.Count;
            points += trial.Answers.Count(answer => answer);
            // Most networks tell by the first candidate that they are none.
            if (points == 0)
                return false;
        }
        return 2 * points > asked;
    }

    private static bool ArePoints(TensorValue output) =>
        output.Type == ElementType.Float && output.Shape.Count(size => size != 1) == 1 && PointTurns.Holds(output.Floats);
}
