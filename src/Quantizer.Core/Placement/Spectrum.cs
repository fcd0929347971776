using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>
/// A Fourier transform written as a convolution, whose real and imaginary parts are squared. Rounded to 8 bits its waves leak from the
/// loud frequencies into the quiet ones, and the logarithm or the root behind makes much of little.
/// </summary>
internal static class Spectrum
{
    private static readonly HashSet<string> Moving = ["Cast", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"];

    /// <summary>Whether all that reads the result of a convolution in this graph, behind nodes that move it, squares it.</summary>
    public static bool IsMadeBy(Node node, Graph graph) => node.Is("Conv") && IsSquared(node.Outputs[0], graph);

    private static bool IsSquared(string tensor, Graph graph)
    {
        Node[] readers = [.. graph.Nodes.Where(node => GraphIndex.ReadBy(node).Contains(tensor))];
        return readers.Length > 0
            && !graph.Outputs.Exists(output => output.Name == tensor)
            && readers.All(reader =>
                (reader.Is("Pow") && reader.Inputs[0] == tensor)
                || (reader.Is("Mul") && reader.Inputs.TrueForAll(input => input == tensor))
                || (Moving.Contains(reader.OpType) && reader.Outputs.Where(output => output.Length > 0).All(made => IsSquared(made, graph)))
            );
    }
}
