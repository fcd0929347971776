using System.Globalization;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>
/// Strikes out sizes, by one ground after the other: under which a classifier is right too seldom; under which its BatchNormalizations see
/// what they did not see in training; and, where neither can tell, under which its answers mean nothing. Of networks trained at
/// a known size, ten in all, it never struck out the right one, nor left another that is clearly less often right.
/// </summary>
internal sealed class SizeTest
{
    /// <summary>More only while labels leave the decision open.</summary>
    private static readonly int[] Looks = [16, 64, 256];

    /// <summary>Answers to fewer pictures differ by chance alone.</summary>
    private const int LeastPictures = 16;

    /// <summary>A size farther from what training saw than the nearest, by this ratio, is another. Seen of the right size: 1.06 at most,
    /// where a size that is as often right is nearer; of wrong ones 1.11 (as good as right) to 100.</summary>
    private const double FartherRatio = Verdict.NarrowRatio;

    /// <summary>Farther away, in nats, no size fits: that of the preparation's test.</summary>
    private const double LargestDistance = 0.5;

    /// <summary>Below this share of the most information, answers mean nothing; right ones had 0.7 of it and more, wrong ones 0.0 to
    /// 0.9.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Below this share of the maximum no size means anything to the network.</summary>
    private const double LeastInformation = 0.1;

    /// <summary>Hits above chance in standard deviations before class folders are believed to be the model's classes.</summary>
    private const double ChanceDeviations = 4;

    private readonly List<string> _measures = [];
    private List<SizeTrial> _standing;

    private SizeTest(IEnumerable<SizeTrial> trials) => _standing = [.. trials];

    /// <summary>Those not struck out, in the order that they came in.</summary>
    public IReadOnlyList<SizeCandidate> Standing => [.. _standing.Select(trial => trial.Candidate)];

    /// <summary>The strongest of the grounds that could tell anything.</summary>
    public SizeGround Ground { get; private set; }

    /// <summary>What was measured, with the first of the standing and the best of the others; empty where nothing was.</summary>
    public string Account => string.Join(", and ", _measures);

    /// <summary>What was measured of a candidate, by the strongest ground; null where nothing was.</summary>
    public string? MeasuredOf(SizeCandidate candidate) =>
        Ground != SizeGround.Nothing && _standing.Find(trial => trial.Candidate == candidate) is { } trial ? Figure(Score(trial, Ground)) : null;

    /// <param name="candidates">That the model takes, likeliest first.</param>
    /// <param name="preparation">Of the pictures, but for their size.</param>
    public static SizeTest Run(
        IReadOnlyList<SizeCandidate> candidates,
        PicturePreparation preparation,
        PictureSet pictures,
        SizeProbe probe,
        SampleWorkers workers
    )
    {
        SizeTest test = new(candidates.Select(candidate => new SizeTrial(candidate, preparation, pictures, probe)));
        foreach (int count in Looks)
        {
            foreach (SizeTrial trial in test._standing)
                trial.Ask(count, workers);
            test._standing.RemoveAll(trial => !trial.Runs || trial.Pictures == 0);
            if (test._standing.Count == 0)
                break;
            test.Strike(probe, isFirst: count == Looks[0] && pictures.Count > count);
            if (test._standing.Count == 1 || (count >= Looks[1] && test.Ground != SizeGround.Accuracy))
                break;
        }
        return test;
    }

    /// <param name="isFirst">More pictures follow: only what is far off goes.</param>
    private void Strike(SizeProbe probe, bool isFirst)
    {
        _measures.Clear();
        Ground = SizeGround.Nothing;
        if (_standing[0].Pictures < LeastPictures)
            return;
        if (HaveLabels)
        {
            SizeTrial best = _standing.MaxBy(trial => trial.Accuracy)!;
            Strike(SizeGround.Accuracy, trial => SignTest.IsEvidence(best.Hits, trial.Hits));
        }
        if (probe.Normalizations.Count > 0 && _standing.Min(trial => trial.Distance) is var least and <= LargestDistance)
        {
            double ratio = isFirst ? Verdict.OverwhelmingRatio : FartherRatio;
            Strike(SizeGround.Normalizations, trial => !(trial.Distance <= least * ratio));
        }
        if (Ground == SizeGround.Nothing && _standing.Max(trial => trial.Information) is var most and >= LeastInformation && !isFirst)
            Strike(SizeGround.Information, trial => trial.Information < most * LeastShare);
    }

    private void Strike(SizeGround ground, Predicate<SizeTrial> isOut)
    {
        Ground = Ground > ground ? Ground : ground;
        SizeTrial[] ranking = [.. _standing.OrderByDescending(trial => ground == SizeGround.Normalizations ? -trial.Distance : Score(trial, ground))];
        _standing = [.. _standing.Where(trial => !isOut(trial))];
        SizeTrial? other = ranking.FirstOrDefault(trial => trial != _standing[0]);
        string against = other is null ? "" : $"; {other.Candidate.Name}: {Figure(Score(other, ground))}";
        _measures.Add(
            $"{MeasureOf(ground)} ({_standing[0].Candidate.Name}: {Figure(Score(_standing[0], ground))}{against}; {_standing[0].Pictures} pictures)"
        );
    }

    /// <summary>Whether the labels are classes of the model, and it is right more often than by chance.</summary>
    private bool HaveLabels
    {
        get
        {
            SizeTrial best = _standing.MaxBy(trial => trial.Accuracy)!;
            if (best.Labels.Count == 0 || best.Labels.Exists(label => label >= best.Classes))
                return false;
            double chance = (double)best.Labels.Count / best.Classes;
            double deviation = Math.Sqrt(chance * (1 - (1.0 / best.Classes)));
            return best.Accuracy * best.Labels.Count > chance + (ChanceDeviations * deviation);
        }
    }

    private static double Score(SizeTrial trial, SizeGround ground) =>
        ground switch
        {
            SizeGround.Accuracy => trial.Accuracy,
            SizeGround.Normalizations => trial.Distance,
            _ => trial.Information,
        };

    private static string MeasureOf(SizeGround ground) =>
        ground switch
        {
            SizeGround.Accuracy => "share of pictures classified rightly",
            SizeGround.Normalizations => "distance from the statistics of all BatchNormalizations",
            _ => "mutual information of picture and answer",
        };

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
