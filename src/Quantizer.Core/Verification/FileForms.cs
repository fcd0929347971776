using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Verification;

/// <summary>
/// The forms of the nodes of a quantized file of any tool, told by their operators and by what they read:
/// 1. dynamic: products of what DynamicQuantizeLinear made, and operators that quantize what they read themselves;
/// 2. stored: products of blocks of few bits, and float operators whose weights are a DequantizeLinear of a constant, or a constant that
///    Cast and Mul turn back;
/// 3. static: other operators that read integers, or whose first two operands are dequantized.
/// </summary>
internal sealed class FileForms(GraphIndex index, IReadOnlyDictionary<string, TensorSignature> tensors)
{
    private static readonly HashSet<string> Dynamic = ["DynamicQuantizeLSTM", "DynamicQuantizeMatMul"];
    private static readonly HashSet<string> Blocks = ["MatMulNBits", "MatMulBnb4", "MatMulFpQ4", "GatherBlockQuantized"];

    /// <summary>What the file means a node to be, and whether its weights have 4 bits.</summary>
    /// <param name="work">Multiply-accumulates; null where they are not known. Without any, only looking up rows counts.</param>
    public NodePlacement Of(Node node, long? work)
    {
        Tensor? stored = StoredWeightsOf(node);
        NodeForm form =
            Dynamic.Contains(node.OpType) || (work is not 0 && IsMadeInEachRun(node)) ? NodeForm.Dynamic
            : Blocks.Contains(node.OpType) ? NodeForm.Stored
            : work is 0
                ? node.Is("Gather") && IsOfIntegers(stored) ? NodeForm.Stored
                    : NodeForm.Float
            : node.Inputs.Any(IsIntegers) || ReadsDequantized(node) ? NodeForm.Static
            : stored is not null ? NodeForm.Stored
            : NodeForm.Float;
        bool hasBlocks =
            form == NodeForm.Stored
            && (Blocks.Contains(node.OpType) ? node.IntAttribute("bits", 4) == 4 : stored?.Type is ElementType.Int4 or ElementType.UInt4);
        return new NodePlacement(node.Name, node.OpType, form, "") { HasBlocks = hasBlocks };
    }

    /// <summary>"2 nodes compute with ranges taken in each run, and 12 in float with weights stored as integers (10 of 4 bits)"; null: none
    /// does either.</summary>
    public static string? Describe(IEnumerable<NodePlacement> nodes)
    {
        NodePlacement[] all = [.. nodes];
        int fixedRanges = all.Count(node => node.Form == NodeForm.Static),
            inEachRun = all.Count(node => node.Form == NodeForm.Dynamic),
            stored = all.Count(node => node.Form == NodeForm.Stored),
            blocks = all.Count(node => node.HasBlocks);
        if (inEachRun + stored == 0)
            return null;
        string[] parts =
        [
            .. Part(fixedRanges, "on integers with fixed ranges"),
            .. Part(inEachRun, "on integers with ranges taken in each run"),
            .. Part(stored, $"in float with weights stored as integers{(blocks > 0 ? $" ({blocks} of 4 bits)" : "")}"),
        ];
        return $"Nodes that compute {string.Join(", ", parts)}.";

        static string[] Part(int count, string how) => count == 0 ? [] : [FormattableString.Invariant($"{how}: {count}")];
    }

    /// <summary>Convolutions read what their kernels cover, moved side by side.</summary>
    private bool IsMadeInEachRun(Node node)
    {
        Node? maker = node.Inputs.Count > 0 ? index.ProducerOf(node.Inputs[0]) : null;
        while (node.Is("MatMulInteger") && maker is { OpType: "Transpose" or "Pad" or "Slice" or "Concat" })
            maker = index.ProducerOf(maker.Inputs[0]);
        return maker is { OpType: "DynamicQuantizeLinear" };
    }

    private bool ReadsDequantized(Node node) => node.Inputs.Count > 1 && IsDequantized(node.Inputs[0]) && IsDequantized(node.Inputs[1]);

    private bool IsDequantized(string tensor) => index.ProducerOf(tensor) is { OpType: "DequantizeLinear" };

    /// <summary>As for the operators on integers themselves: QLinearConv, MatMulInteger.</summary>
    private bool IsIntegers(string tensor) =>
        (index.ConstantOf(tensor)?.Type ?? tensors.GetValueOrDefault(tensor)?.Type) is ElementType.Int8 or ElementType.UInt8;

    /// <summary>The constant integers that an operand is made of by nodes that only turn them back into float; of rows that are looked up
    /// the table itself.</summary>
    private Tensor? StoredWeightsOf(Node node) =>
        node
            .Inputs.Select(input => node.Is("Gather") && index.ConstantOf(input) is { } table ? table : TurnedBack(input))
            .FirstOrDefault(IsOfIntegers);

    private Tensor? TurnedBack(string tensor) =>
        index.ProducerOf(tensor) switch
        {
            { OpType: "DequantizeLinear" } dequantize => index.ConstantOf(dequantize.Inputs[0]),
            { OpType: "Mul" } scaling => scaling
                .Inputs.Select(index.ProducerOf)
                .Where(maker => maker is { OpType: "Cast" })
                .Select(cast => index.ConstantOf(cast!.Inputs[0]))
                .FirstOrDefault(),
            _ => null,
        };

    /// <summary>Biases are of 32 bits.</summary>
    private static bool IsOfIntegers(Tensor? constant) =>
        constant?.Type is ElementType.Int8 or ElementType.UInt8 or ElementType.Int4 or ElementType.UInt4;
}
