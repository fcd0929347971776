using System.Runtime.InteropServices;
using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>One output of both models for one sample.</summary>
internal sealed record OutputPair(TensorValue Expected, TensorValue Found)
{
    /// <summary>Whether the values name or count things, so that differences measure nothing. Bytes may be a picture, short numbers
    /// sound.</summary>
    private bool AreNames => Expected.Type is ElementType.Int64 or ElementType.Int32 or ElementType.Bool;

    public bool IsOfOneLength => Expected.ElementCount == Found.ElementCount;

    /// <summary>As floats, cut to the positions that count.</summary>
    public JudgedOutput Judged(PositionMask? mask)
    {
        float[] expected = OutputValues.Floats(Expected),
            found = OutputValues.Floats(Found);
        if (mask is null)
            return new JudgedOutput(Expected.Shape, expected, Found.Shape, found);
        float[] kept = mask.Keep(Expected.Shape, expected);
        return new JudgedOutput(
            Cut(Expected.Shape, mask, kept.Length),
            kept,
            Cut(Found.Shape, mask, kept.Length),
            mask.Keep(Found.Shape, found)
        );
    }

    /// <summary>Sums of the whole and of its parts; of doubles in their own precision.</summary>
    public OutputSums Sums(JudgedOutput judged, IReadOnlyList<OutputPart> parts)
    {
        bool areDoubles = Expected.Type == ElementType.Double && Found.Type == ElementType.Double && judged.Shape == Expected.Shape;
        if (areDoubles)
        {
            ReadOnlySpan<double> expected = MemoryMarshal.Cast<byte, double>(Expected.Data.Span);
            return Sums(expected, MemoryMarshal.Cast<byte, double>(Found.Data.Span), judged, parts);
        }
        if (!AreNames)
            return Shown(judged, parts);
        return Sums<float>(judged.Expected, judged.Found, judged, parts) with
        {
            Equal = judged.Expected.Zip(judged.Found).LongCount(both => both.First == both.Second),
        };
    }

    /// <summary>Of floats without what both models have switched off.</summary>
    private static OutputSums Shown(JudgedOutput judged, IReadOnlyList<OutputPart> parts) =>
        HiddenScores.In(judged.Expected) is { } hidden
            ? Sums<float>(HiddenScores.Without(hidden, judged.Expected), HiddenScores.Without(hidden, judged.Found), judged, parts)
            : Sums<float>(judged.Expected, judged.Found, judged, parts);

    private static OutputSums Sums<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, JudgedOutput judged, IReadOnlyList<OutputPart> parts)
        where T : unmanaged
    {
        List<(string, DifferenceSums)> sums = [];
        foreach (OutputPart part in parts)
            sums.Add((part.Name, Of<T>(part.Of(expected, judged.Shape), part.Of(found, judged.Shape))));
        return new OutputSums(Of(expected, found), sums);
    }

    private static DifferenceSums Of<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? DifferenceSums.Of(MemoryMarshal.Cast<T, double>(expected), MemoryMarshal.Cast<T, double>(found))
            : DifferenceSums.Of(MemoryMarshal.Cast<T, float>(expected), MemoryMarshal.Cast<T, float>(found));

    private static IReadOnlyList<long> Cut(IReadOnlyList<long> shape, PositionMask mask, int length)
    {
        if (mask.AxisOf(shape) is not { } axis)
            return shape;
        long others = shape.Where((_, i) => i != axis).Aggregate(1L, (product, size) => product * size);
        return [.. shape.Select((size, i) => i == axis && others > 0 ? length / others : size)];
    }
}
