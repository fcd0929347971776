using System.Collections.Frozen;

namespace Quantizer.Normalization.Opsets;

/// <summary>
/// What changed between operator sets 7 and 21, after the change notes of ONNX
/// (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).
/// </summary>
internal static class UpgradeTable
{
    /// <summary>In the order of the sets; a node goes through every row of its operator that is newer than the model.</summary>
    private static readonly OperatorUpgrade[] Table =
    [
        new("BatchNormalization", 9, BatchNormalizationUpgrade.DropSpatial),
        new("Scan", 9, Refusals.BatchedScan),
        new("Upsample", 9, ResizeUpgrade.UpsampleScalesToInput),
        new("Slice", 10, AttributeToInput.Slice),
        new("TopK", 10, AttributeToInput.TopK),
        new("Dropout", 10, DropoutUpgrade.DropFloatMask),
        new("ImageScaler", 10, ImageScalerUpgrade.Apply),
        new("Resize", 11, ResizeUpgrade.FromResize10),
        new("Clip", 11, AttributeToInput.Clip),
        new("Pad", 11, AttributeToInput.Pad),
        new("Scatter", 11, ScatterUpgrade.Rename),
        new("Dropout", 12, DropoutUpgrade.DropRatio),
        new("Upsample", 13, ResizeUpgrade.FromUpsample9),
        new("Resize", 13, ResizeUpgrade.FromResize11),
        new("Squeeze", 13, AttributeToInput.Axes),
        new("Unsqueeze", 13, AttributeToInput.Axes),
        new("ReduceSum", 13, AttributeToInput.Axes),
        new("Split", 13, AttributeToInput.Split),
        new("Softmax", 13, SoftmaxUpgrade.Apply),
        new("LogSoftmax", 13, SoftmaxUpgrade.Apply),
        new("Hardmax", 13, SoftmaxUpgrade.Apply),
        new("RoiAlign", 16, AttributeUpgrade.RoiAlign),
        new("ReduceL1", 18, AttributeToInput.Axes),
        new("ReduceL2", 18, AttributeToInput.Axes),
        new("ReduceLogSum", 18, AttributeToInput.Axes),
        new("ReduceLogSumExp", 18, AttributeToInput.Axes),
        new("ReduceMax", 18, AttributeToInput.Axes),
        new("ReduceMean", 18, AttributeToInput.Axes),
        new("ReduceMin", 18, AttributeToInput.Axes),
        new("ReduceProd", 18, AttributeToInput.Axes),
        new("ReduceSumSquare", 18, AttributeToInput.Axes),
        new("Split", 18, AttributeUpgrade.Split),
        new("GridSample", 20, AttributeUpgrade.GridSample),
        new("GroupNormalization", 21, Refusals.GroupScales),
    ];

    /// <summary>Operators of sets 7 to 21 that mean the same in all of them, or whose changes only allow more types, negative axes,
    /// optional parts.</summary>
    private static readonly FrozenSet<string> Unchanged = FrozenSet.ToFrozenSet(
        """
        Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BitShift Cast Ceil Celu Compress Concat ConcatFromSequence
        Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum DepthToSpace DequantizeLinear Det Div DynamicQuantizeLinear
        Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gemm GlobalAveragePool GlobalLpPool
        GlobalMaxPool Greater GreaterOrEqual HardSigmoid Identity If InstanceNormalization IsInf IsNaN LRN LSTM LeakyRelu Less LessOrEqual
        Log Loop LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization Min Mod Mul
        Multinomial Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Or PRelu Pow QLinearConv QLinearMatMul QuantizeLinear
        RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal Relu Reshape ReverseSequence Round Scan
        ScatterElements ScatterND Selu SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength Shape Shrink Sigmoid Sign Sin Sinh Size
        SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth SplitToSequence Sqrt StringNormalizer Sub Sum Tan Tanh TfIdfVectorizer
        ThresholdedRelu Tile Transpose Unique Where Xor
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
    );

    /// <summary>Operators that came with sets 14 to 21, and mean the same since.</summary>
    private static readonly FrozenSet<string> Newer = FrozenSet.ToFrozenSet(
        """
        AffineGrid Bernoulli BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow CastLike CenterCropPad Col2Im DeformConv Gelu
        HammingWindow HannWindow HardSwish LayerNormalization MelWeightMatrix Mish Optional OptionalGetElement OptionalHasElement STFT
        SequenceMap Trilu
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
    );

    private static readonly FrozenDictionary<string, OperatorUpgrade[]> ByOpType = Table
        .GroupBy(row => row.OpType)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The rows a node of that operator goes through up to a set, oldest first; empty when it means the same. Null for an
    /// operator not known.</summary>
    public static IReadOnlyList<OperatorUpgrade>? For(string opType, long opset, long least) =>
        ByOpType.TryGetValue(opType, out OperatorUpgrade[]? rows) ? [.. rows.Where(row => opset < row.ChangedIn && row.ChangedIn <= least)]
        : Unchanged.Contains(opType) || (least > OpsetUpgrade.Target && Newer.Contains(opType)) ? []
        : null;
}
