using Quantizer.Graphs;
using Quantizer.Kernels;

namespace Quantizer.Normalization;

/// <summary>
/// Weights and biases that training let decay to next to nothing (of channels and layers that nothing comes through any more: 1e-20 to
/// 1e-40 beside weights of 0.1) become zeros. They change no result, but products with them are below what a float holds in full, and
/// such numbers the processor computes with some hundred times slower: a face network took 31 ms instead of 0.74.
/// </summary>
internal static class VanishingWeights
{
    public const string Pass = "zero vanishing weights";

    /// <summary>Of a tensor's largest weight, and of 1. A float keeps 24 bits: a sum does not change by less than 6e-8 of itself.</summary>
    private const float Share = 1e-15f;

    /// <summary>What is smaller vanishes also where a whole layer is as small: no layer behind it multiplies by 1e20.</summary>
    private const float Nothing = 1e-30f;

    private static readonly string[] Layers = ["Conv", "ConvTranspose", "GRU", "Gemm", "LSTM", "MatMul", "RNN"];

    public static bool Apply(GraphEdit edit)
    {
        List<Tensor> constants = edit.Graph.Initializers;
        (int tensors, long values) = (0, 0L);
        for (int i = 0; i < constants.Count; i++)
        {
            Tensor constant = constants[i];
            if (constant.Type != ElementType.Float || !AreWeights(constant.Name, edit.Index))
                continue;
            if (Zeroed(constant, out int zeroed) is not { } without)
                continue;
            constants[i] = without;
            (tensors, values) = (tensors + 1, values + zeroed);
        }
        if (tensors == 0)
            return false;
        edit.Edited();
        edit.Note($"{values} values of {tensors} weights and biases change no result, so near are they to zero: they are zeros");
        return true;
    }

    private static bool AreWeights(string name, GraphIndex index) =>
        index.ReadersOf(name) is { Count: > 0 } readers && readers.All(reader => Layers.Contains(reader.OpType));

    /// <returns>Null where there is nothing to change.</returns>
    private static Tensor? Zeroed(Tensor tensor, out int zeroed)
    {
        ReadOnlySpan<float> weights = tensor.Values<float>();
        (float smallest, float largest) = MagnitudeKernel.Of(weights);
        float least = Math.Max(Share * Math.Min(largest, 1f), Nothing);
        zeroed = 0;
        if (smallest >= least)
            return null;
        float[] values = weights.ToArray();
        foreach (ref float value in values.AsSpan())
        {
            if (value == 0f || !(Math.Abs(value) < least))
                continue;
            value = 0f;
            zeroed++;
        }
        return Tensor.FromFloats(tensor.Name, tensor.Dimensions, values);
    }
}
