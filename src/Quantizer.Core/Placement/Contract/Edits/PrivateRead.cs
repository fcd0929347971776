using Quantizer.Graphs;

namespace Quantizer.Placement.Contract.Edits;

/// <summary>One input of one node reads a quantized tensor through a node of its own.</summary>
internal abstract record PrivateRead(string Node, int Input, string Tensor)
{
    /// <summary>True when that node reads the tensor dequantized as for everyone; false when it reads the integers.</summary>
    public abstract bool ReadsDequantized { get; }

    /// <summary>Makes the node.</summary>
    /// <param name="quantized">The integers.</param>
    /// <param name="dequantized">The real values, where <see cref="ReadsDequantized"/>.</param>
    /// <param name="output">What the reader will read.</param>
    public abstract Node Write(ITensorWriting writing, string quantized, string dequantized, string output);
}
