using Quantizer.Graphs;

namespace Quantizer.Normalization.Folding;

/// <summary>An Einsum that is a linear layer, by its indices.</summary>
/// <param name="Kept">Of the activation, in front: each position has its own result.</param>
/// <param name="Summed">Of both, last in the activation, in its order.</param>
/// <param name="Made">Of the weights, last in the result, in its order.</param>
/// <param name="Weights">All of the weights, in theirs.</param>
internal sealed record LinearEinsum(string Kept, string Summed, string Made, string Weights)
{
    private const string Ellipsis = "...";

    /// <summary>Stand for the axes behind an ellipsis, which no equation can name.</summary>
    private const string Hidden = "0123456789";

    /// <param name="read">Indices of the activation, as the equation has them.</param>
    /// <param name="rank">Of the activation.</param>
    /// <returns>Null where it is none.</returns>
    public static LinearEinsum? Of(string read, int rank, string weights, string result)
    {
        int hidden = rank - read.Replace(Ellipsis, "", StringComparison.Ordinal).Length;
        if (hidden < 0 || hidden > Hidden.Length || weights.Contains(Ellipsis, StringComparison.Ordinal))
            return null;
        read = read.Replace(Ellipsis, Hidden[..hidden], StringComparison.Ordinal);
        result = result.Replace(Ellipsis, Hidden[..hidden], StringComparison.Ordinal);
        string summed = new([.. read.Where(weights.Contains)]),
            kept = new([.. read.Where(index => !weights.Contains(index))]),
            made = new([.. result.Where(index => !read.Contains(index))]);
        bool areOnce = new[] { read, weights, result }.All(indices => indices.Distinct().Count() == indices.Length);
        bool isLinear =
            kept.Length > 0
            && summed.Length > 0
            && made.Length > 0
            && read.Length == rank
            && read == kept + summed
            && result == kept + made
            && weights.Order().SequenceEqual((summed + made).Order());
        return areOnce && isLinear ? new LinearEinsum(kept, summed, made, weights) : null;
    }

    /// <summary>The sizes of what is made of each position.</summary>
    public IEnumerable<long> MadeSizes(Tensor weights) => Made.Select(index => SizeOf(weights, index));

    /// <summary>The weights as [all that is summed, all that is made].</summary>
    public Tensor Matrix(Tensor weights, string name)
    {
        string order = Summed + Made;
        long[] sizes = [.. order.Select(index => SizeOf(weights, index))];
        long[] steps = [.. order.Select(index => StepOf(weights, Weights.IndexOf(index, StringComparison.Ordinal)))];
        ReadOnlySpan<float> values = weights.Values<float>();
        float[] matrix = new float[values.Length];
        long[] at = new long[sizes.Length];
        long place = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = values[(int)place];
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                place += steps[axis];
                if (++at[axis] < sizes[axis])
                    break;
                place -= steps[axis] * at[axis];
                at[axis] = 0;
            }
        }
        long rows = sizes.Take(Summed.Length).Aggregate(1L, (product, size) => product * size);
        return Tensor.FromFloats(name, [rows, matrix.Length / Math.Max(1, rows)], matrix);
    }

    private long SizeOf(Tensor weights, char index) => weights.Dimensions[Weights.IndexOf(index, StringComparison.Ordinal)];

    private static long StepOf(Tensor weights, int axis) =>
        weights.Dimensions.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
}
