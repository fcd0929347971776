using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Rules;

/// <summary>The operators that ONNX Runtime has integer CPU kernels for. One that is not in the table runs in float.</summary>
internal static class OperatorTable
{
    private static readonly int[] First = [0];

    /// <summary>With the ranges of each run the product comes out in float, and a bias is added there.</summary>
    private static readonly OperatorForm Static = new(NodeForm.Static, BiasForm.Int32),
        Dynamic = new(NodeForm.Dynamic, BiasForm.Float);

    public static IReadOnlyList<OperatorRule> Rules { get; } =
    [
        new("Conv", OperatorRole.Weighted, First, WeightedRules.Convolution)
        {
            WeightInput = 1,
            BiasInput = 2,
            ChannelAxis = _ => 0,
            WhyNotAlone = WeightedRules.Depthwise,
            WhyNotLast = WeightedRules.SmallHead,
            // Written as a product.
            Forms = [Static, Dynamic with { Fits = WeightedRules.IsAlongOneAxis }],
        },
        new("Gemm", OperatorRole.Weighted, First, WeightedRules.Gemm)
        {
            WeightInput = 1,
            BiasInput = 2,
            CanWriteFloat = true,
            ChannelAxis = context => context.Node.IntAttribute("transB", 0) == 0 ? 1 : 0,
            Forms = [Static, Dynamic],
        },
        new("MatMul", OperatorRole.Weighted, First, WeightedRules.MatMul)
        {
            WeightInput = 1,
            CanWriteFloat = true,
            ChannelAxis = _ => 1,
            Forms = [Static, Dynamic],
        },
        new("LSTM", OperatorRole.Weighted, First, RecurrentRules.Lstm)
        {
            WeightInput = 1,
            SecondWeightInput = 2,
            CanWriteFloat = true,
            ChannelAxis = _ => 1,
            // DynamicQuantizeLSTM.
            Forms = [Dynamic with { IsStandard = false }],
        },
        new("Add", OperatorRole.Combining),
        new("Mul", OperatorRole.Combining),
        new("Concat", OperatorRole.Combining),
        new("Sigmoid", OperatorRole.Mapping, First),
        new("LeakyRelu", OperatorRole.Mapping, First),
        new("GlobalAveragePool", OperatorRole.Mapping, First),
        new("Relu", OperatorRole.Clamping, First),
        new("Clip", OperatorRole.Clamping, First),
        new("MaxPool", OperatorRole.Moving, First, MovingRules.MaxPool),
        new("Resize", OperatorRole.Moving, First, MovingRules.Resize),
        new("Reshape", OperatorRole.Moving, First),
        new("Flatten", OperatorRole.Moving, First),
        new("Transpose", OperatorRole.Moving, First),
        new("Squeeze", OperatorRole.Moving, First),
        new("Unsqueeze", OperatorRole.Moving, First),
        new("Slice", OperatorRole.Moving, First),
        new("Gather", OperatorRole.Moving, First),
        new("Expand", OperatorRole.Moving, First),
        new("Tile", OperatorRole.Moving, First),
        new("Split", OperatorRole.Moving, First),
        new("DepthToSpace", OperatorRole.Moving, First),
        new("SpaceToDepth", OperatorRole.Moving, First),
    ];
}
