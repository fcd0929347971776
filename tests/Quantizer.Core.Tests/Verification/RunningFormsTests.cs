using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Placement.Contract;
using Quantizer.Targets;
using Quantizer.Testing;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Verification;

/// <summary>Which operators of a file of another tool really run on integers.</summary>
public class RunningFormsTests
{
    [Fact]
    public void Sums_pools_and_what_moves_integers_are_on_integers_and_quantizing_nodes_are_no_operators()
    {
        VerificationResult result = Verified(
            Residual(graph =>
                graph
                    .Node("AveragePool", ["sum_dq"], ["pool"], NodeAttribute.Of("kernel_shape", [2, 2]))
                    .Quantize("pool_dq", "pool")
                    .Node("Transpose", ["pool_dq"], ["turned"], NodeAttribute.Of("perm", [0L, 2L, 3L, 1L]))
                    .Quantize("y", "turned")
                    .Output("y")
            )
        );

        Assert.Equal(
            [
                "Conv Static QLinearConv",
                "Relu Static ",
                "Add Static QLinearAdd",
                "AveragePool Static QLinearAveragePool",
                "Transpose Static ",
            ],
            result.Operators.Select(Text)
        );
        Assert.All(result.Operators, node => Assert.Equal("", node.Placement.Reason));
    }

    [Fact]
    public void What_runs_in_float_is_told_apart_by_whether_the_file_quantizes_it()
    {
        VerificationResult result = Verified(
            Residual(graph => graph.Node("Erf", ["sum_dq"], ["erf"]).Quantize("erf_dq", "erf").Node("Tanh", ["erf_dq"], ["y"]).Output("y"))
        );

        Assert.Equal(
            [
                ("Erf", NodeForm.Float, "quantized in the file, but ONNX Runtime runs it in float"),
                ("Tanh", NodeForm.Float, "not quantized in the file"),
            ],
            result.Operators.TakeLast(2).Select(node => (node.Placement.OpType, node.Placement.Form, node.Placement.Reason))
        );
    }

    [Fact]
    public void A_convolution_that_is_meant_for_integers_and_runs_in_float_is_in_float()
    {
        VerificationResult result = Verified(
            Convolution(graph => graph.Node("HardSwish", ["conv"], ["act"]).Quantize("y", "act").Output("y"))
        );

        VerifiedNode conv = result.Operators.Single(node => node.Placement.OpType == "Conv");
        Assert.Equal(
            (NodeForm.Float, "quantized in the file, but ONNX Runtime runs it in float"),
            (conv.Placement.Form, conv.Placement.Reason)
        );
        // What the file means stays known.
        Assert.Equal(NodeForm.Static, result.Nodes.Single(node => node.Placement.OpType == "Conv").Placement.Form);
    }

    [Fact]
    public void What_is_fused_into_a_product_with_ranges_of_each_run_has_its_form()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [4, 32])
            .Constant(Tensor.FromInt8s("w", [32, 16], [.. Enumerable.Range(0, 512).Select(i => (sbyte)(i % 7 - 3))]))
            .Constant("ws", [], [0.1f])
            .Node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"])
            .Node("MatMulInteger", ["q", "w", "z"], ["sum"])
            .Node("Cast", ["sum"], ["cast"], NodeAttribute.Of("to", 1L))
            .Node("Mul", ["s", "ws"], ["scales"])
            .Node("Mul", ["cast", "scales"], ["y"])
            .Output("y")
            .Build();

        Assert.Equal(
            ["MatMulInteger", "Cast", "Mul"],
            Verified(model).Operators.Where(node => node.Placement.Form == NodeForm.Dynamic).Select(node => node.Placement.OpType)
        );
    }

    [SharedFolderFact]
    public void Of_a_residual_network_of_another_tool_only_two_pads_are_in_float()
    {
        using OnnxModel model = OnnxFile.Read(Path.Combine(SharedFolder.Root, "rivals", "ort-minmax", "resnet20-cifar10-bn.onnx"));

        VerificationResult result = Verified(model);

        Assert.Equal(35, result.Operators.Count(node => node.Placement.IsInteger));
        Assert.Equal(["Pad", "Pad"], result.Operators.Where(node => !node.Placement.IsInteger).Select(node => node.Placement.OpType));
    }

    private static string Text(VerifiedNode node)
    {
        bool isNamed = node.Kernel?.StartsWith("QLinear", StringComparison.Ordinal) == true;
        return $"{node.Placement.OpType} {node.Placement.Form} {(isNamed ? node.Kernel : "")}";
    }

    private static VerificationResult Verified(OnnxModel model) =>
        QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);

    private static OnnxModel Residual(Func<GraphBuilder, GraphBuilder> behind) =>
        Convolution(graph =>
            behind(
                graph
                    .Node("Relu", ["conv"], ["relu"])
                    .Quantize("relu_dq", "relu", zeroPoint: 0)
                    .Node("Add", ["relu_dq", "x_dq"], ["sum"])
                    .Quantize("sum_dq", "sum")
            )
        );

    private static OnnxModel Convolution(Func<GraphBuilder, GraphBuilder> behind) =>
        behind(
                new GraphBuilder()
                    .Input("x", [1, 16, 8, 8])
                    .Quantize("x_dq", "x")
                    .Constant(Tensor.FromInt8s("w", [16, 16, 1, 1], [.. Enumerable.Range(0, 256).Select(i => (sbyte)(i % 7 - 3))]))
                    .Constant("w_scale", [], [0.01f])
                    .Node("DequantizeLinear", ["w", "w_scale"], ["w_dq"])
                    .Node("Conv", ["x_dq", "w_dq"], ["conv"])
            )
            .Build();
}
