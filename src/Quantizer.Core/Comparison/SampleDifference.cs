using Quantizer.Comparison.Tasks;
using Quantizer.Kernels;

namespace Quantizer.Comparison;

/// <summary>What one sample adds to a comparison. Kept per sample, so that sums do not depend on which worker was faster.</summary>
/// <param name="Index">Its place in the data.</param>
/// <param name="Outputs">By output; null where the two models gave lists of different lengths.</param>
/// <param name="Answer">Null where the task cannot judge lists of different lengths, or has nothing to add.</param>
internal sealed record SampleDifference(int Index, OutputSums?[] Outputs, TaskAnswer? Answer);

/// <param name="Parts">Of an output that joins parts of different kinds, in their order.</param>
internal sealed record OutputSums(DifferenceSums Whole, IReadOnlyList<(string Part, DifferenceSums Sums)> Parts)
{
    /// <summary>Of whole numbers (classes, positions, counts) how many are the same; null of others.</summary>
    public long? Equal { get; init; }
}
