namespace Quantizer.Comparison.Tasks;

/// <summary>What became of answers that are one class each, sample by sample.</summary>
/// <param name="Samples">All of them.</param>
/// <param name="Agreeing">Those with the same answer in both models.</param>
internal sealed record PairedAnswers(int Samples, int Agreeing)
{
    /// <summary>Samples whose right answer is known.</summary>
    public int Labelled { get; init; }

    /// <summary>Of those: right in FP32, wrong in INT8.</summary>
    public int RightToWrong { get; init; }

    /// <summary>Wrong in FP32, right in INT8.</summary>
    public int WrongToRight { get; init; }

    /// <summary>Wrong in both, and not the same.</summary>
    public int WrongToWrong { get; init; }
}
