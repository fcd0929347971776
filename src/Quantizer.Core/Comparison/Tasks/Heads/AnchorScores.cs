namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>What the scores of an anchor are.</summary>
/// <param name="Background">The class that is none; null: there is none such.</param>
/// <param name="AreLogits">Not probabilities yet: with a background by a softmax over the classes, otherwise each by a sigmoid.</param>
internal sealed record AnchorScores(BackgroundClass? Background = null, bool AreLogits = false)
{
    /// <summary>The best class that is an object.</summary>
    /// <param name="scores">Of one anchor.</param>
    public (int Label, double Probability) Best(ReadOnlySpan<float> scores)
    {
        int start = Background == BackgroundClass.First ? 1 : 0,
            end = scores.Length - (Background == BackgroundClass.Last ? 1 : 0),
            best = start;
        for (int at = start + 1; at < end; at++)
        {
            if (scores[at] > scores[best])
                best = at;
        }
        return (best - start, Probability(scores, best));
    }

    private double Probability(ReadOnlySpan<float> scores, int at)
    {
        if (!AreLogits)
            return scores[at];
        if (Background is null)
            return 1 / (1 + Math.Exp(-scores[at]));
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - scores[at]);
        return 1 / sum;
    }
}

/// <summary>Where the class that is none stands.</summary>
internal enum BackgroundClass
{
    /// <summary>SSD and its kin.</summary>
    First,

    /// <summary>DETR.</summary>
    Last,
}
