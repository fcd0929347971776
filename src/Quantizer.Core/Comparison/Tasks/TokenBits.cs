namespace Quantizer.Comparison.Tasks;

/// <summary>How surprised a language model is.</summary>
internal static class TokenBits
{
    /// <summary>-log2 of the probability that a softmax over the scores gives the token.</summary>
    public static double Of(ReadOnlySpan<float> scores, int token)
    {
        float most = scores[ClassScores.TopOf(scores)];
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp(score - most);
        return (most + Math.Log(sum) - scores[token]) / Math.Log(2);
    }

    /// <summary>Of the tokens that stand for the first positions, one each.</summary>
    /// <param name="scores">[positions, classes]; positions behind the tokens are not looked at.</param>
    public static double Mean(ReadOnlySpan<float> scores, int classes, ReadOnlySpan<int> tokens)
    {
        double sum = 0;
        for (int position = 0; position < tokens.Length; position++)
            sum += Of(scores.Slice(position * classes, classes), tokens[position]);
        return sum / tokens.Length;
    }
}
