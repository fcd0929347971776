namespace Quantizer.Samples;

/// <summary>
/// Which positions of a sample count: those that its attention mask switches on. Padding is computed like everything else, but nobody reads
/// what comes out of it, so that it must count neither in ranges nor in figures.
/// </summary>
/// <param name="counted">By position.</param>
internal sealed class PositionMask(IReadOnlyList<bool> counted)
{
    private readonly int _kept = counted.Count(isCounted => isCounted);

    /// <summary>Positions, whether they count or not.</summary>
    public int Length => counted.Count;

    public bool this[int position] => counted[position];

    /// <summary>The positions that count, as stretches of neighbours.</summary>
    public IReadOnlyList<(int Start, int Length)> Stretches { get; } = StretchesOf(counted);

    /// <summary>
    /// The values of the positions that count. Tensors of one sample, [1, positions, ...] or [positions, ...], are cut; those of any other
    /// shape come back as they are.
    /// </summary>
    public float[] Keep(IReadOnlyList<long> shape, float[] values)
    {
        if (_kept == Length || AxisOf(shape) is not { } axis)
            return values;
        int each = (int)shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        float[] kept = new float[_kept * each];
        int next = 0;
        for (int position = 0; position < Length; position++)
        {
            if (!counted[position])
                continue;
            values.AsSpan(position * each, each).CopyTo(kept.AsSpan(next));
            next += each;
        }
        return kept;
    }

    /// <summary>How many values of a tensor <see cref="Keep"/> leaves.</summary>
    public int KeptOf(IReadOnlyList<long> shape)
    {
        int all = (int)shape.Aggregate(1L, (product, size) => product * size);
        return _kept == Length || AxisOf(shape) is null ? all : all / Length * _kept;
    }

    /// <summary>Whether the values of a tensor of one sample lie one position after the other.</summary>
    public bool HasPositions(ReadOnlySpan<long> shape) =>
        shape is [1, var second, ..] && second == Length || shape is [var first, ..] && first == Length;

    /// <summary>The axis of positions; null where the tensor has none.</summary>
    public int? AxisOf(IReadOnlyList<long> shape) =>
        shape is [1, var second, ..] && second == Length ? 1
        : shape is [var first, ..] && first == Length ? 0
        : null;

    private static List<(int Start, int Length)> StretchesOf(IReadOnlyList<bool> counted)
    {
        List<(int Start, int Length)> stretches = [];
        for (int position = 0; position < counted.Count; position++)
        {
            if (!counted[position])
                continue;
            if (stretches.Count > 0 && stretches[^1].Start + stretches[^1].Length == position)
                stretches[^1] = (stretches[^1].Start, stretches[^1].Length + 1);
            else
                stretches.Add((position, 1));
        }
        return stretches;
    }
}
