using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>
/// Numbers made at random where there are no data: float inputs are standard normal; whole numbers are uniform over the rows of the table
/// that they are looked up in, over all values of 8 bits, and else over 0 and 1; a mask leaves every position on. A sample depends on seed
/// and index only.
/// </summary>
internal sealed class RandomRecords : IRecordSource
{
    private readonly (TensorSignature Input, long[] Shape, (int Least, int Beyond)? Whole)[] _inputs;
    private readonly List<string> _notes = [];
    private readonly int _seed;

    /// <param name="request">The inputs that a sample may have; it gets those that it must have.</param>
    /// <exception cref="UsageException">An input does not say how many axes it has, or takes text.</exception>
    public RandomRecords(DataRequest request, TableLimits limits, int count, int seed)
    {
        TensorSignature[] needed = [.. request.Needed];
        TensorSignature[] made = needed.Length > 0 ? needed : [.. request.Inputs];
        OpenSizes sizes = new(request);
        _inputs = [.. made.Select(input => (input, ShapeOf(input, sizes), WholeOf(input, limits)))];
        (Count, _seed) = (count, seed);
    }

    public string Path => "random samples";

    public int Count { get; }

    public IReadOnlyList<string> Inputs => [.. _inputs.Select(input => input.Input.Name)];

    public IReadOnlyList<string> Notes => _notes;

    public string NameOf(int index) => $"random sample {index}";

    public IReadOnlyList<RawArray> Load(int index)
    {
        // A prime between samples, so that neighbouring seeds share none.
        Random random = new(unchecked(_seed * 1_000_003 + index));
        return
        [
            .. _inputs.Select(input =>
            {
                float[] values = new float[input.Shape.Aggregate(1L, (product, size) => checked(product * size))];
                for (int i = 0; i < values.Length; i++)
                    values[i] = input.Whole is var (least, beyond) ? random.Next(least, beyond) : Normal(random);
                byte[] data = MemoryMarshal.AsBytes<float>(values).ToArray();
                return new RawArray(input.Input.Name, ElementType.Float, input.Shape, data, $"input '{input.Input.Name}'");
            }),
        ];
    }

    public void Dispose() { }

    /// <summary>The method of Box and Muller.</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private long[] ShapeOf(TensorSignature input, OpenSizes open)
    {
        if (input.Type is ElementType.String or ElementType.Undefined || input.Shape is not { } shape)
        {
            throw new UsageException(
                $"Option '--random' cannot make input {ShapeFit.Describe(input)}: its {(input.Shape is null ? "number of axes" : "type")} is "
                    + $"not one that random numbers have. Give data with --calib, or the input with --input {input.Name}=VALUE."
            );
        }
        long[] sizes = open.Of(input);
        string[] taken =
        [
            .. sizes.Select((size, at) => shape[at].Size is null && at > 0 ? $"{size} for '{shape[at]}'" : "").Where(text => text != ""),
        ];
        if (taken.Length > 0)
            _notes.Add($"Input '{input.Name}' leaves sizes open; random samples take {string.Join(", ", taken)}.");
        return sizes;
    }

    private (int Least, int Beyond)? WholeOf(TensorSignature input, TableLimits limits)
    {
        if (limits.RowsFor(input.Name) is { } rows)
            return (0, (int)Math.Min(rows, int.MaxValue));
        if (InputConventions.IsMask(input))
            return (1, 2);
        switch (input.Type)
        {
            case ElementType.Float or ElementType.Float16 or ElementType.Double or ElementType.BFloat16:
                return null;
            case ElementType.UInt8:
                return (0, byte.MaxValue + 1);
            case ElementType.Int8:
                return (sbyte.MinValue, sbyte.MaxValue + 1);
            default:
                if (input.Type != ElementType.Bool)
                    _notes.Add($"The model does not tell which numbers its input '{input.Name}' takes; random samples have 0 and 1.");
                return (0, 2);
        }
    }
}
