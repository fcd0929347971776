using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Schemes;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>Kernels that add two products of 8 bits in 16, which cuts off what is more than 16 bits hold.</summary>
internal static class PairSums
{
    private static readonly Lazy<bool> Here = new(Probe);

    /// <summary>Whether ONNX Runtime's kernels do so on this processor: x86 without VNNI. Asked once, of a kernel.</summary>
    public static bool AreHere => Here.Value;

    /// <summary>The weights that meet in such a sum; null where none do.</summary>
    /// <param name="sizes">Of the weights.</param>
    public static ProductPairs? Of(Node node, IReadOnlyList<long> sizes) =>
        node.OpType switch
        {
            "Conv" or "ConvInteger" or "QLinearConv" => OfConvolution(node, sizes),
            "LSTM" => new ProductPairs((int)sizes[^1], Taps: 1),
            _ => new ProductPairs((int)sizes[^(HasTurnedWeights(node) ? 1 : 2)], Taps: 1),
        };

    /// <summary>Whether the weights lie as [output, input].</summary>
    public static bool HasTurnedWeights(Node node) => node.OpType is "Gemm" or "QGemm" && node.IntAttribute("transB", 0) != 0;

    /// <summary>The depthwise kernel adds in 32 bits.</summary>
    private static ProductPairs? OfConvolution(Node node, IReadOnlyList<long> sizes)
    {
        long group = node.IntAttribute("group", 1),
            taps = sizes.Skip(2).Aggregate(1L, (product, size) => product * size);
        return group > 1 && sizes[1] == 1 && sizes[0] == group ? null : new ProductPairs((int)(sizes[1] * taps), (int)taps);
    }

    private static bool Probe()
    {
        const int Summed = 4,
            Columns = 16;
        byte[] activations = new byte[Summed],
            weights = new byte[Summed * Columns];
        Array.Fill(activations, byte.MaxValue);
        Array.Fill(weights, (byte)sbyte.MaxValue);
        Graph graph = new()
        {
            Initializers =
            [
                new Tensor("activations", ElementType.UInt8, [1, Summed], activations),
                new Tensor("weights", ElementType.Int8, [Summed, Columns], weights),
            ],
            Nodes = [new Node("MatMulInteger", ["activations", "weights"], ["sums"], "product")],
        };
        using OnnxModel model = new(graph) { IrVersion = 8, OperatorSets = [new OperatorSet("", 13)] };
        int sum = ConstantEvaluation.Evaluate(model, ["sums"])["sums"].Values<int>()[0];
        return sum < Summed * byte.MaxValue * sbyte.MaxValue;
    }
}
