using Quantizer.Kernels;

namespace Quantizer.Comparison;

/// <summary>What one sample adds to a comparison. Kept per sample, so that sums do not depend on which worker was faster.</summary>
/// <param name="Outputs">By output; null where the two models gave lists of different lengths.</param>
internal sealed record SampleDifference(DifferenceSums?[] Outputs, ClassAnswer? Answer);

/// <param name="Label">Null when the data names no class.</param>
/// <param name="IsAsLongAsAnInput">
/// As many scores as an input has values: where no sample has a label, such an output is taken for that input again, as
/// autoencoders give it, and not for classes.
/// </param>
internal sealed record ClassAnswer(
    int Classes,
    int Reference,
    int Other,
    int? Label,
    bool ReferenceInTop5,
    bool OtherInTop5,
    bool IsAsLongAsAnInput
);
