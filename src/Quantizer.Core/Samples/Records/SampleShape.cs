using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>How the shape of one sample's values becomes that of the tensor that the model takes.</summary>
internal static class SampleShape
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

    public static bool Agree(IEnumerable<long> found, IEnumerable<Dimension> expected) =>
        found.Zip(expected).All(pair => pair.Second.Size is not { } size || size == pair.First);

    /// <summary>"'x' [N, 3, 32, 32]".</summary>
    public static string Describe(TensorSignature input) =>
        $"'{input.Name}' [{(input.Shape is null ? "?" : string.Join(", ", input.Shape))}]";
}
