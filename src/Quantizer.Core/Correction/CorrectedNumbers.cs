using Quantizer.Graphs;

namespace Quantizer.Correction;

/// <summary>What layers were given, by the name of their node; those that nothing would help are left out.</summary>
/// <param name="Biases">One value for each output channel.</param>
/// <param name="Weights">Floats that are whole steps of the layer's scales.</param>
/// <param name="Samples">What all of it was told by.</param>
internal sealed record CorrectedNumbers(
    IReadOnlyDictionary<string, float[]> Biases,
    IReadOnlyDictionary<string, Tensor> Weights,
    int Samples
)
{
    public bool IsEmpty => Biases.Count + Weights.Count == 0;

    /// <summary>Layers that have other numbers.</summary>
    public int Layers => Biases.Keys.Union(Weights.Keys).Count();
}
