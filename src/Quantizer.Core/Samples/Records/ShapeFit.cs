using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>How the shape of one sample's values becomes that of the tensor that the model takes.</summary>
internal static class ShapeFit
{
    /// <summary>
    /// The tensor's shape: 1. the values' own, where they have all of the input's axes; 2. with a first axis of one, where they lack the
    /// axis of samples. Null where neither fits.
    /// </summary>
    public static IReadOnlyList<long>? Of(IReadOnlyList<long> found, TensorSignature input)
    {
        if (input.Shape is not { } shape)
            return [1, .. found];
        if (found.Count == shape.Count && Agree(found, shape))
            return found;
        return found.Count + 1 == shape.Count && shape[0].Size is null or 1 && Agree(found, shape.Skip(1)) ? [1, .. found] : null;
    }

    /// <summary>
    /// The shape of one sample for values that come without any, as many as the input has: the input's axes behind that of samples. An
    /// axis of an open size takes what the others leave. Null where the number does not fit.
    /// </summary>
    public static IReadOnlyList<long>? OfFlat(long count, TensorSignature input)
    {
        if (input.Shape is not { } shape)
            return [count];
        bool hasSamples = shape is [{ Size: null or 1 }, ..];
        Dimension[] rest = [.. shape.Skip(hasSamples ? 1 : 0)];
        long known = rest.Aggregate(1L, (product, axis) => product * (axis.Size ?? 1));
        int open = rest.Count(axis => axis.Size is null);
        if (open > 1 || known == 0 || count % known != 0 || (open == 0 && count != known))
            return null;
        return [.. rest.Select(axis => axis.Size ?? count / known)];
    }

    /// <summary>Values of one sample; null where the model leaves it open.</summary>
    public static long? CountOf(TensorSignature input)
    {
        if (input.Shape is not { } shape)
            return null;
        IEnumerable<Dimension> rest = shape.Skip(shape is [{ Size: null or 1 }, ..] ? 1 : 0);
        return rest.Aggregate((long?)1, (product, axis) => product * axis.Size);
    }

    public static bool Agree(IEnumerable<long> found, IEnumerable<Dimension> expected) =>
        found.Zip(expected).All(pair => pair.Second.Size is not { } size || size == pair.First);

    /// <summary>"'x' [N, 3, 32, 32]".</summary>
    public static string Describe(TensorSignature input) =>
        $"'{input.Name}' [{(input.Shape is null ? "?" : string.Join(", ", input.Shape))}]";
}
