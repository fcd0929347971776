namespace Quantizer.Comparison.Tasks;

/// <summary>A part of an output: a range of one axis.</summary>
/// <param name="Name">What it holds: "boxes".</param>
/// <param name="Axis">Of the output's shape.</param>
/// <param name="Start">First index on that axis.</param>
/// <param name="Length">Number of indices.</param>
internal sealed record OutputPart(string Name, int Axis, int Start, int Length)
{
    /// <summary>The part's values, in their order.</summary>
    /// <param name="values">Of the whole output, row-major.</param>
    /// <param name="shape">Of the whole output.</param>
    public T[] Of<T>(ReadOnlySpan<T> values, IReadOnlyList<long> shape)
    {
        int inner = (int)Product(shape.Skip(Axis + 1)),
            outer = (int)Product(shape.Take(Axis)),
            size = (int)shape[Axis],
            run = Length * inner;
        T[] part = new T[outer * run];
        for (int i = 0; i < outer; i++)
            values.Slice((i * size + Start) * inner, run).CopyTo(part.AsSpan(i * run));
        return part;
    }

    private static long Product(IEnumerable<long> sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
