using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Recognizes detectors whose boxes are in pixels, such as YOLO's, and ranks the candidates by how surely and how differently from
/// picture to picture they find something. That alone proves nothing (of another detector it named the wrong scale): the verdict is
/// always in doubt of the scale, for <see cref="CustomaryPreparations"/> to be heard.
/// </summary>
internal static class DetectionTest
{
    private const int Pictures = 64;

    /// <summary>Two corners, or a centre and a size.</summary>
    private const int BoxChannels = 4;

    /// <summary>Boxes in pixels reach over at least this share of the picture; in shares of it they end at one.</summary>
    private const double LeastReach = 0.25;

    /// <summary>And not beyond this, as offsets and logits may.</summary>
    private const double MostReach = 4;

    /// <returns>Null when the output holds no boxes in pixels beside scores.</returns>
    public static Verdict? Decide(
        IReadOnlyList<PreparationCandidate> candidates,
        PreparationProbes probes,
        PictureInput input,
        TrialPictures pictures,
        SampleWorkers workers
    )
    {
        List<Trial<float[]?>> trials =
        [
            .. candidates.Select(candidate => new Trial<float[]?>(
                candidate,
                input.Type,
                prepared => Scores(probes.FirstOutput!(prepared), prepared)
            )),
        ];
        // One picture tells whether this is the right kind of network: large detectors are slow.
        if (!trials.Exists(trial => AnswersTo(trial, pictures, 1, workers)))
            return null;
        trials.RemoveAll(trial => !AnswersTo(trial, pictures, Pictures, workers));
        if (trials.Count == 0)
            return null;
        Showing[] ranking =
        [
            .. trials.Select(trial => new Showing(trial.Candidate, Information(trial.Answers))).OrderByDescending(showing => showing.Score),
        ];
        return new Verdict(
            ranking[0].Candidate,
            ranking[0].Score,
            RunnerUp: null,
            RunnerUpScore: null,
            Verdict.Scale,
            trials[0].Answers.Count,
            [.. ranking.Select(showing => (showing.Candidate, showing.Score))]
        )
        {
            Level = [.. ranking.Where(showing => !ranking[0].IsAhead(showing)).Select(showing => showing.Candidate)],
        };
    }

    private static bool AnswersTo(Trial<float[]?> trial, TrialPictures pictures, int count, SampleWorkers workers)
    {
        trial.Ask(pictures.First(count), workers);
        return trial.Answers.All(answer => answer is not null && answer.Length == trial.Answers[0]?.Length);
    }

    /// <summary>The largest score of each box; null when there are no boxes in pixels.</summary>
    private static float[]? Scores(TensorValue output, TensorValue prepared)
    {
        if (output.Type != ElementType.Float || output.Shape is not [1, var second, var third])
            return null;
        (int channels, int boxes) = ((int)Math.Min(second, third), (int)Math.Max(second, third));
        (int channelStep, int boxStep) = second < third ? (boxes, 1) : (1, channels);
        if (channels <= BoxChannels)
            return null;
        ReadOnlySpan<float> values = output.Floats;
        long side = prepared.Shape.Max();
        float reach = 0;
        float[] scores = new float[boxes];
        int scoreChannels = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            (float least, float most) = (float.MaxValue, float.MinValue);
            for (int box = 0; box < boxes; box++)
            {
                float value = values[(channel * channelStep) + (box * boxStep)];
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
            if (channel < BoxChannels)
            {
                reach = Math.Max(reach, most);
                continue;
            }
            if (!(least >= 0 && most <= 1))
                continue;
            scoreChannels++;
            for (int box = 0; box < boxes; box++)
                scores[box] = Math.Max(scores[box], values[(channel * channelStep) + (box * boxStep)]);
        }
        return scoreChannels > 0 && reach >= LeastReach * side && reach <= MostReach * side ? scores : null;
    }

    /// <summary>What each picture adds to the information of picture and "something is here", the sum over the boxes.</summary>
    private static double[] Information(IReadOnlyList<float[]?> answers)
    {
        double[] sums = new double[answers.Count];
        for (int box = 0; box < answers[0]!.Length; box++)
        {
            double mean = answers.Average(answer => answer![box]);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += Distance(answers[i]![box], mean) + Distance(1 - answers[i]![box], 1 - mean);
        }
        return sums;
    }

    private static double Distance(double probability, double mean) => probability > 0 ? probability * Math.Log(probability / mean) : 0;
}
