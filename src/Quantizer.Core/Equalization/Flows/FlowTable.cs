using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>What operators do with the scales of channels. One that is not in the table may do anything: its channels are locked.</summary>
internal static class FlowTable
{
    private static readonly Dictionary<string, FlowRule> Rules = new()
    {
        ["Conv"] = LayerFlows.Convolution,
        ["ConvTranspose"] = LayerFlows.TransposedConvolution,
        ["Gemm"] = LayerFlows.Gemm,
        ["MatMul"] = LayerFlows.MatMul,
        ["LayerNormalization"] = NormalizationFlows.Layer,
        ["RMSNormalization"] = NormalizationFlows.Layer,
        ["InstanceNormalization"] = NormalizationFlows.Instance,
        ["BatchNormalization"] = NormalizationFlows.Batch,
        ["Add"] = ArithmeticFlows.Sum,
        ["Sub"] = ArithmeticFlows.Sum,
        ["Mul"] = ArithmeticFlows.Product,
        ["Div"] = ArithmeticFlows.Quotient,
        ["Relu"] = ElementFlows.Same,
        ["LeakyRelu"] = ElementFlows.Same,
        ["Abs"] = ElementFlows.Same,
        ["Neg"] = ElementFlows.Same,
        ["Identity"] = ElementFlows.Same,
        ["PRelu"] = ElementFlows.ParametricRelu,
        ["Clip"] = ElementFlows.Clip,
        ["Shape"] = ElementFlows.Sizes,
        ["Size"] = ElementFlows.Sizes,
        ["MaxPool"] = PoolFlows.Pool,
        ["AveragePool"] = PoolFlows.Pool,
        ["GlobalAveragePool"] = PoolFlows.Pool,
        ["GlobalMaxPool"] = PoolFlows.Pool,
        ["Resize"] = PoolFlows.Resize,
        ["Pad"] = PoolFlows.Pad,
        ["ReduceMean"] = PoolFlows.Reduction,
        ["ReduceSum"] = PoolFlows.Reduction,
        ["ReduceMax"] = PoolFlows.Reduction,
        ["Reshape"] = MovingFlows.Reshape,
        ["Flatten"] = MovingFlows.Reshape,
        ["Squeeze"] = MovingFlows.Reshape,
        ["Unsqueeze"] = MovingFlows.Reshape,
        ["Transpose"] = MovingFlows.Transpose,
        ["Expand"] = MovingFlows.Expand,
        ["Concat"] = MovingFlows.Concat,
        ["Slice"] = MovingFlows.Slice,
        ["Split"] = MovingFlows.Split,
        ["Gather"] = MovingFlows.Gather,
    };

    /// <summary>Null for what the table does not know.</summary>
    public static FlowRule? RuleOf(Node node) => node.Domain.Length == 0 ? Rules.GetValueOrDefault(node.OpType) : null;
}
