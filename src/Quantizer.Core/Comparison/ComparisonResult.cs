namespace Quantizer.Comparison;

/// <summary>How two models differ on the same data.</summary>
/// <param name="Samples">Samples that both models ran on.</param>
/// <param name="Classification">Null when the first output is no list of class scores.</param>
/// <param name="Skipped">Samples that could not be read, with the reason.</param>
internal sealed record ComparisonResult(
    int Samples, IReadOnlyList<OutputDifference> Outputs, ClassificationResult? Classification, IReadOnlyList<(string Name, string Reason)> Skipped);

/// <param name="SqnrDb">10 log10(sum of squared reference values / sum of squared differences); infinite when identical.</param>
/// <param name="Cosine">Of the reference and the other output as one vector each.</param>
internal sealed record OutputDifference(string Name, double SqnrDb, double Cosine);

/// <summary>Counts of samples.</summary>
/// <param name="Classes">Number of scores.</param>
/// <param name="Agreeing">Samples with the same top class in both models.</param>
internal sealed record ClassificationResult(int Classes, int Agreeing, int Labelled, int ReferenceTop1, int OtherTop1, int ReferenceTop5, int OtherTop5);
