namespace Quantizer.Preprocessing.Discovery;

/// <summary>How a candidate did, picture by picture: candidates are compared on the same pictures, so that what is hard or easy for all
/// of them cancels.</summary>
internal sealed record Showing(PreparationCandidate Candidate, IReadOnlyList<double> PerPicture)
{
    /// <summary>A mean difference of fewer standard errors is no evidence.</summary>
    private const double StandardErrors = 4;

    /// <summary>A mean difference of fewer standard errors may be another one's lead on other pictures.</summary>
    private const double LeadErrors = 2;

    public double Score { get; } = PerPicture.Count == 0 ? 0 : PerPicture.Average();

    /// <summary>
    /// Whether this one is right (1) where the other is wrong (0) too often for chance: the sign test, on the pictures that they
    /// differ in. Four pictures that both get right say nothing; eight that only one gets right suffice.
    /// </summary>
    public bool IsMoreOftenRight(Showing other) => SignTest.IsEvidence(PerPicture, other.PerPicture);

    /// <summary>Whether this one is right more often than chance alone would have it: a lead, if no proof.</summary>
    public bool IsMoreOftenRightSoFar(Showing other) => SignTest.IsLead(PerPicture, other.PerPicture);

    /// <summary>Whether this one's score is larger by more than the differences between pictures explain: a lead, if no proof.</summary>
    public bool IsAhead(Showing other) => IsLargerBy(other, LeadErrors);

    /// <summary>The same, by so much that it is evidence.</summary>
    public bool IsClearlyAhead(Showing other) => IsLargerBy(other, StandardErrors);

    /// <summary>Whether this one's score is larger by a ratio, and by more than the differences between pictures explain.</summary>
    public bool IsLarger(Showing other, double ratio) =>
        IsLargerBy(other, StandardErrors) && (!double.IsFinite(other.Score) || Score >= other.Score * ratio);

    private bool IsLargerBy(Showing other, double standardErrors)
    {
        if (!double.IsFinite(Score))
            return false;
        if (!double.IsFinite(other.Score))
            return true;
        if (PerPicture.Count < 2)
            return false;
        double mean = Score - other.Score,
            squares = 0;
        for (int i = 0; i < PerPicture.Count; i++)
        {
            double deviation = PerPicture[i] - other.PerPicture[i] - mean;
            squares += deviation * deviation;
        }
        double standardError = Math.Sqrt(squares / (PerPicture.Count - 1) / PerPicture.Count);
        return mean > 0 && mean >= standardErrors * standardError;
    }
}
