using Quantizer.Graphs;

namespace Quantizer.Pipeline.Data;

/// <summary>Inputs of zeros, to measure a model's speed with where there are no data.</summary>
internal static class ZeroInputs
{
    /// <summary>One sample of every input; null where a size is not declared, but for that of the batch, or a type has no zeros.</summary>
    public static IReadOnlyDictionary<string, TensorValue>? Of(IReadOnlyList<TensorSignature> inputs)
    {
        Dictionary<string, TensorValue> zeros = [];
        foreach (TensorSignature input in inputs)
        {
            if (input.Type is ElementType.String or ElementType.Undefined || input.Shape is not { } shape)
                return null;
            if (shape.Skip(1).Any(axis => axis.Size is null))
                return null;
            long[] sizes = [.. shape.Select(axis => axis.Size ?? 1)];
            long count = sizes.Aggregate(1L, (all, size) => checked(all * size));
            zeros[input.Name] = new TensorValue(input.Type, sizes, new byte[ElementSizes.BytesOf(input.Type, count)]);
        }
        return zeros;
    }
}
