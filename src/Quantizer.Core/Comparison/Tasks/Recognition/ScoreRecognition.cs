using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Tells scores of anchors from other numbers: objects are in few places.</summary>
internal static class ScoreRecognition
{
    /// <summary>Most anchors see no object: of DETR's hundred, nine in ten of a usual picture.</summary>
    private const double MostlyBackground = 0.75;

    /// <summary>The probability with which an anchor sees none.</summary>
    private const double SurelyBackground = 0.8;

    /// <summary>The same of logits of their own, for each class.</summary>
    private const double NearlyAll = 0.95;

    /// <summary>A probability of 0.27.</summary>
    private const float UnlikelyLogit = -1;

    /// <summary>No logit: half of the places would have objects.</summary>
    private const float UnlikelyShare = 0.27f;

    /// <param name="rows">The scores of each anchor, one anchor after the other.</param>
    /// <returns>Null where most anchors would be objects: these are no scores.</returns>
    public static AnchorScores? Of(float[] rows, int classes)
    {
        bool areShares = AreShares(rows);
        if (areShares && (classes == 1 || !new ClassGrid(classes, IsClassFirst: false).HoldsProbabilities(rows)))
            return new AnchorScores();
        float[][] anchors = [.. rows.Chunk(classes)];
        bool MostlyIs(int label) =>
            classes > 1 && anchors.Count(scores => IsSurely(label, scores, areShares)) >= MostlyBackground * anchors.Length;
        // Nearly all anchors would be objects of that class; among many classes its numbers are few.
        bool IsSeenEverywhere(int label) => classes > 1 && anchors.Count(scores => scores[label] > 0) >= MostlyBackground * anchors.Length;
        // Logits of their own have no class that wins everywhere, but where all are far below zero.
        if (!areShares && AreSparse(rows) && !IsSeenEverywhere(0) && !IsSeenEverywhere(classes - 1))
            return new AnchorScores(AreLogits: true);
        if (MostlyIs(classes - 1) && !MostlyIs(0))
            return new AnchorScores(BackgroundClass.Last, !areShares);
        return areShares || MostlyIs(0) ? new AnchorScores(BackgroundClass.First, !areShares) : null;
    }

    private static bool IsSurely(int label, float[] scores, bool areShares) =>
        (areShares ? scores[label] : 1 / scores.Sum(score => Math.Exp(score - scores[label]))) >= SurelyBackground;

    /// <summary>Whether scores find objects in few places, be they logits or probabilities.</summary>
    public static bool AreSparse(IReadOnlyCollection<float> scores)
    {
        float unlikely = AreShares(scores) ? UnlikelyShare : UnlikelyLogit;
        return scores.Count > 0 && scores.Count(score => score < unlikely) >= NearlyAll * scores.Count;
    }

    public static bool AreShares(IReadOnlyCollection<float> scores) => scores.All(score => score is >= 0 and <= 1.001f);
}
