using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// Writes float constants that FP16 holds exactly as FP16 behind a Cast, which runtimes compute when they load the file. A network that
/// came in half precision was widened so that it can be quantized; what of it is in float then would be written twice as large as it
/// came.
/// Kept: what is small, and what kernels may only take as a constant of the file.
/// </summary>
internal static class HalfConstants
{
    /// <summary>Below, names and nodes cost as much as they save.</summary>
    private const int LeastBytes = 1 << 10;

    /// <summary>What becomes part of an integer kernel.</summary>
    private static readonly HashSet<string> Kernels = ["DequantizeLinear", "QuantizeLinear"];

    /// <returns>The nodes to put before all others.</returns>
    public static IReadOnlyList<Node> Write(Graph graph, NameSource names)
    {
        HashSet<string> kept = [.. graph.Inputs.Select(input => input.Name), .. graph.Outputs.Select(output => output.Name)];
        foreach (Node node in graph.EveryNode.Where(node => node.Domain.Length > 0 || Kernels.Contains(node.OpType)))
            kept.UnionWith(node.Inputs);
        List<Node> casts = [];
        for (int i = 0; i < graph.Initializers.Count; i++)
        {
            Tensor tensor = graph.Initializers[i];
            if (kept.Contains(tensor.Name) || InHalves(tensor) is not { } halves)
                continue;
            Tensor written = new(
                names.New($"{tensor.Name}_half"),
                ElementType.Float16,
                tensor.Dimensions,
                MemoryMarshal.AsBytes<Half>(halves).ToArray()
            );
            graph.Initializers[i] = written;
            casts.Add(
                new Node("Cast", [written.Name], [tensor.Name], names.New($"{tensor.Name}_Cast"))
                {
                    Attributes = [NodeAttribute.Of("to", (long)ElementType.Float)],
                }
            );
        }
        return casts;
    }

    /// <summary>Null where halves hold other values, or the constant is none to be written so.</summary>
    private static Half[]? InHalves(Tensor tensor)
    {
        if (tensor.Type != ElementType.Float || tensor.Data.Length < LeastBytes)
            return null;
        ReadOnlySpan<float> values = tensor.Values<float>();
        // Few constants get past the first values.
        Half[]? halves = null;
        for (int i = 0; i < values.Length; i++)
        {
            Half half = (Half)values[i];
            // By their bits: zero has a sign.
            if (BitConverter.SingleToInt32Bits((float)half) != BitConverter.SingleToInt32Bits(values[i]))
                return null;
            (halves ??= new Half[values.Length])[i] = half;
        }
        return halves;
    }
}
