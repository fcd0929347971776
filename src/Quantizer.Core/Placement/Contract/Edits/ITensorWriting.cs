using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Placement.Contract.Edits;

/// <summary>What a target's edit may do while one quantized tensor is written.</summary>
internal interface ITensorWriting
{
    QuantizationParameters Parameters { get; }

    /// <summary>A name that nothing in the graph has: the one wished for, or with a number behind it.</summary>
    string NewName(string wish);

    void Add(Tensor constant);

    /// <summary>A constant of the tensor's zero point, <paramref name="count"/> times; of rank 0 without a count.</summary>
    Tensor ZeroPoints(string name, int? count = null);

    /// <summary>QuantizeLinear with the tensor's scale and zero point.</summary>
    /// <param name="name">What the node is named after.</param>
    Node Quantize(string name, string from, string to);

    /// <summary>DequantizeLinear with the tensor's scale and zero point.</summary>
    Node Dequantize(string name, string from, string to);

    /// <summary>Points every integer node that reads the tensor at another one.</summary>
    void RedirectIntegerReaders(string to);
}
