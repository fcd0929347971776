using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>An int64 tensor of sizes: a list, or a scalar of one element.</summary>
internal sealed record ShapeValue(IReadOnlyList<ShapeElement> Elements, bool IsScalar = false)
{
    public Tensor ToTensor(string name) =>
        Tensor.FromInt64s(name, IsScalar ? [] : [Elements.Count], [.. Elements.Select(element => element.Size!.Value)]);
}
