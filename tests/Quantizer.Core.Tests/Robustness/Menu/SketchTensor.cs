namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>A tensor of a network in the making.</summary>
/// <param name="Shape">As it is for one sample.</param>
internal sealed record SketchTensor(string Name, IReadOnlyList<long> Shape)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
