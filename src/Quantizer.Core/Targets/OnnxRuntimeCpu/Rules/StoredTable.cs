using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Targets.OnnxRuntimeCpu.Rules;

/// <summary>
/// Weights that ONNX Runtime turns back into float when it loads a file (Cast and Mul of constants are folded), so that the float
/// kernels run as fast as ever: the output channels of each operator have the scales.
/// </summary>
internal static class StoredTable
{
    public static IReadOnlyList<StoredRule> Rules { get; } =
    [
        new("Conv", 1, _ => 0) { NeedsAxis = true },
        new("ConvTranspose", 1, _ => 1) { NeedsAxis = true },
        new("Gemm", 0, context => Flag(context, "transA") ? 1 : 0),
        new("Gemm", 1, context => Flag(context, "transB") ? 0 : 1) { Blocks = GemmBlocks },
        new("MatMul", 0, context => AxisFromEnd(context, 0, 2)),
        new("MatMul", 1, context => AxisFromEnd(context, 1, 1)) { Blocks = context => IsMatrix(context, 1) ? new Blocks(Axis: 0) : null },
        // Directions, gates, inputs.
        new("LSTM", 1, _ => 1) { NeedsAxis = true },
        new("LSTM", 2, _ => 1) { NeedsAxis = true },
        new("GRU", 1, _ => 1) { NeedsAxis = true },
        new("GRU", 2, _ => 1) { NeedsAxis = true },
        new("RNN", 1, _ => 1) { NeedsAxis = true },
        new("RNN", 2, _ => 1) { NeedsAxis = true },
        new("Gather", 0, RowAxis) { LooksUpRows = true },
        // Weights of experts, of which each token takes some.
        new("Gather", 0, ColumnAxis),
        // A vocabulary along another axis.
        new("Gather", 0, OtherAxis),
        new("Einsum", 0, context => EinsumAxis(context, 0)),
        new("Einsum", 1, context => EinsumAxis(context, 1)),
        new("GridSample", 0, _ => 1) { IsOperand = true },
        .. Operands("Add", 2),
        .. Operands("Sub", 2),
        .. Operands("Mul", 2),
        .. Operands("Div", 1),
        .. Operands("Concat", 2),
        .. Operands("Expand", 1),
        .. Operands("Tile", 1),
    ];

    private static IEnumerable<StoredRule> Operands(string type, int inputs) =>
        Enumerable
            .Range(0, inputs)
            .Select(input => new StoredRule(type, input, context => AxisFromEnd(context, input, 1)) { IsOperand = true });

    private static bool Flag(NodeContext context, string attribute) => context.Node.IntAttribute(attribute, 0) != 0;

    private static bool IsMatrix(NodeContext context, int input) => context.Constant(input) is { Dimensions.Count: 2 };

    /// <summary>ONNX Runtime has no such kernel for factors and transposed operands; weights that are transposed are written the other way
    /// round.</summary>
    private static Blocks? GemmBlocks(NodeContext context) =>
        IsMatrix(context, 1)
        && !Flag(context, "transA")
        && context.Node.FloatAttribute("alpha", 1) == 1
        && context.Node.FloatAttribute("beta", 1) == 1
            ? new Blocks(Flag(context, "transB") ? 1 : 0)
            : null;

    private static int? AxisFromEnd(NodeContext context, int input, int fromEnd) =>
        context.Constant(input) is { Dimensions.Count: >= 2 } constant ? constant.Dimensions.Count - fromEnd : null;

    /// <summary>Rows of a table with more than one column: where a row is one value, its scale would be as large as itself.</summary>
    private static int? RowAxis(NodeContext context) =>
        context.Node.IntAttribute("axis", 0) == 0 && context.Constant(0) is { Dimensions: [_, > 1] } ? 0 : null;

    private static int? OtherAxis(NodeContext context) =>
        context.Constant(0) is { Dimensions.Count: >= 2 and var rank }
        && (int)context.Node.IntAttribute("axis", 0) is var axis
        && axis != 0
        && axis != -rank
            ? axis < 0
                ? axis + rank
                : axis
            : null;

    /// <summary>The columns of a table of matrices.</summary>
    private static int? ColumnAxis(NodeContext context) =>
        context.Node.IntAttribute("axis", 0) == 0 && context.Constant(0) is { Dimensions: [_, _, .., > 1] dimensions }
            ? dimensions.Count - 1
            : null;

    /// <summary>Of the axes that the result has from the constant alone the longest: its channels.</summary>
    private static int? EinsumAxis(NodeContext context, int input)
    {
        string equation = context.Node.StringAttribute("equation", "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Split("->") is not [string operands, string result] || operands.Split(',') is not { Length: 2 } terms)
            return null;
        string own = terms[input];
        if (context.Constant(input) is not { } constant || constant.Dimensions.Count != own.Length)
            return null;
        int[] channels =
        [
            .. Enumerable.Range(0, own.Length).Where(axis => result.Contains(own[axis]) && !terms[1 - input].Contains(own[axis])),
        ];
        return channels.Length == 0 ? null : channels.MaxBy(axis => constant.Dimensions[axis]);
    }
}
