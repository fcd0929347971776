using System.Globalization;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>
/// Strikes out sizes, by one ground after the other: at which a classifier is right too seldom; at which its BatchNormalizations see
/// what they did not see in training; and, where neither can tell, at which its answers mean nothing. That last ground struck out the
/// right size of a network whose pictures were prepared wrongly: it orders candidates, and never settles them. Of sizes that are not
/// struck out the likeliest and the best go on to more pictures, as many as <see cref="SizeWork"/> allows; the others stand as they are.
/// </summary>
internal sealed class SizeTest
{
    /// <summary>The first only rule out what is far off; the last is for labels that leave the decision open.</summary>
    private static readonly int[] Looks = [4, 16, 64, 256];

    /// <summary>Answers to fewer pictures differ by chance alone.</summary>
    private const int LeastPictures = 16;

    /// <summary>Pictures that settle all but the accuracy.</summary>
    private const int ManyPictures = 64;

    /// <summary>
    /// A size farther from what training saw than the nearest, by this ratio, is another. Seen of the right size: 1.06 at most, where
    /// a nearer one is as often right; of wrong ones 1.05 (nearly as often right) to 100.
    /// </summary>
    private const double FartherRatio = Verdict.NarrowRatio;

    /// <summary>The same on so few pictures that they need not be like those of training.</summary>
    private const double FarOffRatio = 4;

    /// <summary>Farther away, in nats, no size fits; the test of preparations has the same limit.</summary>
    private const double LargestDistance = 0.5;

    /// <summary>Below this share of the most information answers mean nothing. Rightly prepared, the right one had 0.7 and more.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Below this share of the maximum no size means anything to the network.</summary>
    private const double LeastInformation = 0.1;

    /// <summary>Hits above chance in standard deviations before class folders are believed to be the model's classes.</summary>
    private const double ChanceDeviations = 4;

    private readonly List<string> _measures = [];
    private readonly bool _hasNormalizations;
    private readonly SizeTrial[] _all;
    private readonly List<SizeTrial> _aside = [];
    private SizeTrial[] _standing;

    private SizeTest(IEnumerable<SizeTrial> trials, bool hasNormalizations)
    {
        _standing = _all = [.. trials];
        _hasNormalizations = hasNormalizations;
    }

    /// <summary>Those not struck out, in the order that they came in.</summary>
    public IReadOnlyList<SizeCandidate> Standing =>
        [.. _all.Where(trial => _standing.Contains(trial) || _aside.Contains(trial)).Select(trial => trial.Candidate)];

    /// <summary>The strongest of the grounds that could tell anything.</summary>
    public SizeGround Ground { get; private set; }

    /// <summary>What was measured of the first that stands, and of the best of the others; empty where nothing was.</summary>
    public string Account => string.Join(", and ", _measures);

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
        SizeTest test = new(
            candidates.Select(candidate => new SizeTrial(candidate, preparation, pictures, probe)),
            probe.Normalizations.Count > 0
        );
        foreach ((int look, int count) in Looks.Index())
        {
            foreach (SizeTrial trial in test._standing)
                trial.Ask(count, workers);
            test._standing = [.. test._standing.Where(trial => trial is { Runs: true, Pictures: > 0 })];
            if (test._standing.Length == 0)
                break;
            test.Strike(isLast: count >= Math.Min(ManyPictures, pictures.Count));
            if (test.Ground != SizeGround.Nothing && (test._standing.Length == 1 || IsEnough(test.Ground, count)))
                break;
            if (count >= LeastPictures && look + 1 < Looks.Length)
                test.SetAside(Math.Min(Looks[look + 1], pictures.Count) - count);
        }
        return test;
    }

    /// <summary>The candidate of the same custom as the first that stands which fits best.</summary>
    public SizeCandidate Chosen
    {
        get
        {
            IEnumerable<SizeTrial> alike = _standing.Where(trial => trial.Candidate.Reason == _standing[0].Candidate.Reason);
            SizeTrial chosen = Ground switch
            {
                >= SizeGround.Normalizations when _hasNormalizations => alike.MinBy(trial => trial.Distance)!,
                SizeGround.Accuracy => alike.MaxBy(trial => trial.Accuracy)!,
                _ => _standing[0],
            };
            return chosen.Candidate;
        }
    }

    /// <summary>More labels tell more; more pictures for the other grounds hardly.</summary>
    private static bool IsEnough(SizeGround ground, int count) => count >= ManyPictures && ground != SizeGround.Accuracy;

    /// <summary>Before so many more pictures. What is too large for them is out by less than the others: by a lead of the best, or as far
    /// from training as would strike it out in the end.</summary>
    private void SetAside(int pictures)
    {
        SizeTrial[] all = _standing;
        // Labels that do not tell yet, such as those of few classes, are more to go by than nothing.
        SizeGround ground = Ground == SizeGround.Nothing && MayBeClasses(all[0]) ? SizeGround.Accuracy : Ground;
        IEnumerable<SizeTrial> ranking = all.Skip(1)
            .OrderByDescending(trial => ground == SizeGround.Normalizations ? -trial.Distance : Score(trial, ground));
        IReadOnlyList<SizeCandidate> kept = SizeWork.Affordable(ranking.Prepend(all[0]).Select(trial => trial.Candidate), pictures);
        _standing = [.. all.Where(trial => kept.Contains(trial.Candidate))];
        _aside.AddRange(all.Where(trial => !kept.Contains(trial.Candidate) && !IsBehind(trial, all, ground)));
    }

    private static bool IsBehind(SizeTrial trial, SizeTrial[] all, SizeGround ground) =>
        ground switch
        {
            SizeGround.Accuracy => SignTest.IsLead(all.MaxBy(other => other.Accuracy)!.Hits, trial.Hits),
            SizeGround.Normalizations => trial.Distance > all.Min(other => other.Distance) * FartherRatio,
            _ => false,
        };

    /// <param name="isLast">No pictures follow that all grounds are to be tried on.</param>
    private void Strike(bool isLast)
    {
        _measures.Clear();
        Ground = SizeGround.Nothing;
        bool isFew = _standing[0].Pictures < LeastPictures;
        if (!isFew && HaveLabels)
        {
            SizeTrial best = _standing.MaxBy(trial => trial.Accuracy)!;
            Strike(SizeGround.Accuracy, trial => SignTest.IsEvidence(best.Hits, trial.Hits));
        }
        if (_hasNormalizations && _standing.Min(trial => trial.Distance) is var least and <= LargestDistance)
        {
            double ratio =
                isFew ? FarOffRatio
                : isLast ? FartherRatio
                : Verdict.OverwhelmingRatio;
            Strike(SizeGround.Normalizations, trial => !(trial.Distance <= least * ratio));
        }
        if (isFew)
        {
            _measures.Clear();
            Ground = SizeGround.Nothing;
        }
        else if (isLast && Ground == SizeGround.Nothing && _standing.Max(trial => trial.Information) is var most and >= LeastInformation)
        {
            Strike(SizeGround.Information, trial => trial.Information < most * LeastShare);
        }
    }

    private void Strike(SizeGround ground, Predicate<SizeTrial> isOut)
    {
        Ground = Ground > ground ? Ground : ground;
        SizeTrial[] all = _standing;
        _standing = [.. all.Where(trial => !isOut(trial))];
        // It orders sizes only, for which fewer pictures do.
        if (ground == SizeGround.Information)
            _aside.RemoveAll(isOut);
        SizeTrial chosen = Array.Find(_standing, trial => trial.Candidate == Chosen)!;
        IEnumerable<SizeTrial> others = all.Where(trial => trial != chosen);
        SizeTrial? other =
            ground == SizeGround.Normalizations ? others.MinBy(trial => Score(trial, ground)) : others.MaxBy(trial => Score(trial, ground));
        string against = other is null ? "" : $"; {other.Candidate.Name}: {Figure(Score(other, ground))}";
        _measures.Add(
            $"{MeasureOf(ground)} ({chosen.Candidate.Name}: {Figure(Score(chosen, ground))}{against}; {chosen.Pictures} pictures)"
        );
    }

    /// <summary>Whether the labels are classes of the model, and it is right more often than by chance.</summary>
    private bool HaveLabels
    {
        get
        {
            SizeTrial best = _standing.MaxBy(trial => trial.Accuracy)!;
            if (!MayBeClasses(best))
                return false;
            double chance = (double)best.Labels.Count / best.Classes;
            double deviation = Math.Sqrt(chance * (1 - (1.0 / best.Classes)));
            return best.Accuracy * best.Labels.Count > chance + (ChanceDeviations * deviation);
        }
    }

    private static bool MayBeClasses(SizeTrial trial) => trial.Labels.Count > 0 && trial.Labels.TrueForAll(label => label < trial.Classes);

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
            SizeGround.Normalizations => "distance from the statistics of the BatchNormalizations",
            _ => "mutual information of picture and answer",
        };

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
