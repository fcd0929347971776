namespace Quantizer.Search;

/// <summary>One of several plans that were judged by the outputs.</summary>
/// <param name="Name">What it is, among those that it stands beside.</param>
/// <param name="SqnrDb">Signal over error at the outputs; null where it did not run, or was given up as surely worse.</param>
/// <param name="Samples">That it was judged by.</param>
internal sealed record JudgedCandidate(string Name, double? SqnrDb, int Samples, bool IsTaken)
{
    /// <summary>Of a change, what it had to beat on the same samples.</summary>
    public double? BeforeDb { get; init; }
}
