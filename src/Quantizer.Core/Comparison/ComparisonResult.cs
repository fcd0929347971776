using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>How two models differ on the same data.</summary>
/// <param name="Samples">Samples that both models ran on.</param>
/// <param name="Classification">Null when the first output is no list of class scores, or looks like an input given back and no sample
/// has a label.</param>
/// <param name="Skipped">Samples that could not be read, with the reason.</param>
internal sealed record ComparisonResult(
    int Samples,
    IReadOnlyList<OutputDifference> Outputs,
    ClassificationResult? Classification,
    IReadOnlyList<SkippedSample> Skipped
)
{
    /// <summary>Outputs that could not be compared, with the reason.</summary>
    public IReadOnlyList<(string Output, string Reason)> LeftOut { get; init; } = [];
}

/// <param name="SqnrDb">10 log10(sum of squared reference values / sum of squared differences); infinite when identical.</param>
/// <param name="Cosine">Of the reference and the other output as one vector each.</param>
/// <param name="Rms">Root mean square of the reference's values.</param>
internal sealed record OutputDifference(string Name, double SqnrDb, double Cosine, double Rms)
{
    /// <summary>Whether the reference is so small that its ratio to an error is no measure of the error.</summary>
    public bool IsAllButZero => Rms < SmallestSignal && double.IsFinite(Rms);

    /// <summary>Far below what any network is trained to tell apart: outputs are meant to be of the order of 1.</summary>
    private const double SmallestSignal = 1e-6;
}

/// <summary>Counts of samples.</summary>
/// <param name="Classes">Number of scores.</param>
/// <param name="Agreeing">Samples with the same top class in both models.</param>
internal sealed record ClassificationResult(
    int Classes,
    int Agreeing,
    int Labelled,
    int ReferenceTop1,
    int OtherTop1,
    int ReferenceTop5,
    int OtherTop5
);
