using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>
/// Numbers made at random where there are no data: float inputs are standard normal; whole numbers are uniform over the rows of the table
/// that they are looked up in, over all values of 8 bits, and else over 0 and 1. A sample depends on seed and index only.
/// </summary>
internal sealed class RandomRecords : IRecordSource
{
    /// <summary>Width and height where a picture's are open: what most classifiers were trained on.</summary>
    private const long PictureSize = 224;

    private const long PictureChannels = 3;

    /// <summary>Any other open size but that of samples: a short sentence, a short signal.</summary>
    private const long OtherSize = 64;

    private readonly (TensorSignature Input, long[] Shape, (int Least, int Beyond)? Whole)[] _inputs;
    private readonly List<string> _notes = [];
    private readonly int _seed;

    /// <param name="inputs">Those that a sample must have.</param>
    /// <exception cref="UsageException">An input does not say how many axes it has, or takes text.</exception>
    public RandomRecords(IReadOnlyList<TensorSignature> inputs, TableLimits limits, int count, int seed)
    {
        TensorSignature[] needed = [.. inputs.Where(input => !InputConventions.CanStandIn(input))];
        _inputs = [.. (needed.Length > 0 ? needed : inputs).Select(input => (input, ShapeOf(input), WholeOf(input, limits)))];
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

    private long[] ShapeOf(TensorSignature input)
    {
        if (input.Type is ElementType.String or ElementType.Undefined || input.Shape is not { } shape)
        {
            throw new UsageException(
                $"Option '--random' cannot make input {ShapeFit.Describe(input)}: its {(input.Shape is null ? "number of axes" : "type")} is "
                    + $"not one that random numbers have. Give data with --calib, or the input with --input {input.Name}=VALUE."
            );
        }
        bool isPicture = shape.Count == 4 && input.Type is ElementType.Float or ElementType.Float16 or ElementType.UInt8;
        // The first axis is that of the samples.
        long[] sizes =
        [
            .. shape.Select(
                (axis, at) =>
                    axis.Size
                    ?? (
                        at == 0 ? 1
                        : isPicture ? PictureAxis(shape, at)
                        : OtherSize
                    )
            ),
        ];
        string[] open =
        [
            .. sizes.Select((size, at) => shape[at].Size is null && at > 0 ? $"{size} for '{shape[at]}'" : "").Where(text => text != ""),
        ];
        if (open.Length > 0)
            _notes.Add($"Input '{input.Name}' leaves sizes open; random samples take {string.Join(", ", open)}.");
        return sizes;
    }

    /// <summary>Channels are first unless the last axis says that it has them.</summary>
    private static long PictureAxis(IReadOnlyList<Dimension> shape, int at)
    {
        bool isLast = shape[3].Size is 1 or PictureChannels;
        return at == (isLast ? 3 : 1) ? PictureChannels : PictureSize;
    }

    private (int Least, int Beyond)? WholeOf(TensorSignature input, TableLimits limits)
    {
        if (limits.RowsFor(input.Name) is { } rows)
            return (0, (int)Math.Min(rows, int.MaxValue));
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
