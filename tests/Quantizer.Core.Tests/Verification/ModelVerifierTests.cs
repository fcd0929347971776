using Quantizer.Core.Tests.Rewriting;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Targets;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Verification;

/// <summary>Quantized models as other tools write them, with the traps that cost their speed.</summary>
public class ModelVerifierTests
{
    [Fact]
    public void A_model_that_runs_as_meant_has_no_findings()
    {
        VerificationResult result = QuantizedFile.Verify(
            Quantized(graph => graph.Quantize("y", "conv").Output("y")).Build(),
            QuantizationTarget.Default.Target,
            sample: null
        );

        Assert.Empty(result.Findings);
        Assert.Equal((100.0, 100.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Equal("QLinearConv", result.Nodes.Single(node => node.Placement.OpType == "Conv").Kernel);
    }

    [Fact]
    public void A_convolution_without_quantization_behind_it_is_found()
    {
        VerificationResult result = QuantizedFile.Verify(
            Quantized(graph => graph.Node("HardSwish", ["conv"], ["act"]).Quantize("y", "act").Output("y")).Build(),
            QuantizationTarget.Default.Target,
            sample: null
        );

        Assert.Equal((100.0, 0.0), (result.PercentPlaced, result.PercentInteger));
        Finding convolution = Assert.Single(result.Findings, finding => finding.Subject == "Conv_conv");
        Assert.StartsWith("Conv is quantized, but ONNX Runtime runs it in float", convolution.Message);
        Assert.Equal("Exclude it with --exclude 'Conv_conv'.", convolution.Remedy);
        Assert.Single(result.Findings, finding => finding.Message == "The constant 'w' is dequantized in every run.");
        Assert.All(result.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Fact]
    public void A_convolution_that_ONNX_Runtime_quantizes_by_itself_is_found()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Quantize("x_dq", "x")
            .Constant("w", [16, 16, 1, 1], Layers.Weights(256, 16, "w"))
            .Node("Conv", ["x_dq", "w"], ["conv"])
            .Quantize("y", "conv")
            .Output("y")
            .Build();

        VerificationResult result = QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);

        Assert.Equal((0.0, 100.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Equal(
            "Conv was left in float, but ONNX Runtime quantizes it by itself (QLinearConv).",
            Assert.Single(result.Findings, finding => finding.Code == FindingKind.RunsInIntegers.Code).Message
        );
    }

    [Fact]
    public void A_product_of_activations_that_runs_on_what_they_were_dequantized_from_is_no_fault()
    {
        // ONNX Runtime moves both DequantizeLinear behind the reshapes and takes them for the product's own.
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8, 4, 4])
            .Quantize("x_dq", "x")
            .Constant("rows", [3L], [1L, 8, 16])
            .Constant("turned", [3L], [1L, 16, 8])
            .Node("Reshape", ["x_dq", "rows"], ["a"])
            .Node("Reshape", ["x_dq", "turned"], ["b"])
            .Node("MatMul", ["a", "b"], ["y"])
            .Output("y")
            .Build();

        VerificationResult result = QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);

        Assert.Equal("MatMulIntegerToFloat", result.Nodes.Single(node => node.Placement.OpType == "MatMul").Kernel);
        Assert.DoesNotContain(result.Findings, finding => finding.Code == FindingKind.RunsInIntegers.Code);
    }

    [Theory]
    [InlineData("Softmax", "QLinearSoftmax runs at")]
    [InlineData("AveragePool", "QLinearAveragePool runs at")]
    [InlineData("MaxPool", "MaxPool runs at")]
    public void Slow_integer_kernels_are_found(string operatorType, string message)
    {
        NodeAttribute[] attributes =
            operatorType == "Softmax" ? [NodeAttribute.Of("axis", 1L)] : [NodeAttribute.Of("kernel_shape", [2, 2])];
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Quantize("x_dq", "x")
            .Node(operatorType, ["x_dq"], ["slow"], attributes)
            .Quantize("y", "slow")
            .Output("y")
            .Build();

        Assert.StartsWith(
            message,
            Assert.Single(QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null).Findings).Message
        );
    }

    [Fact]
    public void A_pool_of_channels_last_is_not_taken_for_a_slow_one()
    {
        OnnxModel model = Quantized(graph =>
                graph
                    .Quantize("dq", "conv")
                    .Node("MaxPool", ["dq"], ["pool"], NodeAttribute.Of("kernel_shape", [2, 2]))
                    .Quantize("y", "pool")
                    .Output("y")
            )
            .Build();

        Assert.Empty(QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null).Findings);
    }

    [Fact]
    public void Nodes_without_names_of_their_own_are_told_apart()
    {
        OnnxModel model = Quantized(graph => graph.Quantize("y", "conv").Output("y")).Build();
        foreach (Node node in model.Graph.Nodes)
            node.Name = node.OpType == "DequantizeLinear" ? "same" : "";

        VerificationResult result = QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);

        Assert.Equal(model.Graph.Nodes.Count, result.Nodes.Select(node => node.Placement.Node).Distinct().Count());
        Assert.Equal(100.0, result.PercentInteger);
        Assert.All(model.Graph.Nodes, node => Assert.True(node.Name is "" or "same"));
    }

    [Fact]
    public void Shares_are_of_the_multiply_accumulates()
    {
        VerificationResult result = new(
            [
                new VerifiedNode(new NodePlacement("a", "Conv", NodeForm.Static, ""), 600, "QLinearConv", RunsOnIntegers: true),
                new VerifiedNode(new NodePlacement("b", "Conv", NodeForm.Static, ""), 200, "Conv", RunsOnIntegers: false),
                new VerifiedNode(new NodePlacement("c", "Gemm", NodeForm.Float, "small"), 200, "Gemm", RunsOnIntegers: false),
                new VerifiedNode(new NodePlacement("d", "Relu", NodeForm.Static, ""), 0, null, RunsOnIntegers: false),
            ],
            []
        );

        Assert.Equal((80.0, 60.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Equal((0.0, 0.0), (new VerificationResult([], []).PercentPlaced, new VerificationResult([], []).PercentInteger));
    }

    [Fact]
    public void Where_the_work_of_a_node_is_unknown_so_are_the_shares()
    {
        VerificationResult result = new(
            [
                new VerifiedNode(new NodePlacement("a", "Conv", NodeForm.Static, ""), 600, "QLinearConv", RunsOnIntegers: true),
                new VerifiedNode(new NodePlacement("b", "If", NodeForm.Float, ""), null, "If", RunsOnIntegers: false),
            ],
            []
        );

        Assert.Equal((null, null), (result.PercentPlaced, result.PercentInteger));
    }

    [Fact]
    public void Operators_on_integers_count_as_meant_for_integers()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 32], ElementType.UInt8)
            .Constant(Tensor.FromInt8s("w", [32, 16], [.. Enumerable.Range(0, 512).Select(i => (sbyte)(i % 7 - 3))]))
            .Node("MatMulInteger", ["x", "w"], ["y"])
            .Output("y", ["batch", 16], ElementType.Int32)
            .Build();

        VerificationResult result = QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);

        Assert.Equal((100.0, 100.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public void Float_kernels_are_named_whatever_layout_they_run_in()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 3, 32, 32])
            .Conv("stem", "x", 3, 16)
            .MaxPool("pool", "stem")
            .Node("Erf", ["pool"], ["y"])
            .Output("y")
            .Build();
        NodePlacement[] placements = [.. model.Graph.Nodes.Select(node => new NodePlacement(node.Name, node.OpType, NodeForm.Float, ""))];

        Assert.Equal(
            ["Conv", "MaxPool", "Erf"],
            ModelVerifier
                .Verify(model, placements, QuantizationTarget.Default.Target, WorkCount.Of(model.Graph, _ => null))
                .Nodes.Select(node => node.Kernel)
        );
    }

    private static GraphBuilder Quantized(Func<GraphBuilder, GraphBuilder> behind) =>
        behind(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Quantize("x_dq", "x")
                .Constant(Tensor.FromInt8s("w", [16, 16, 1, 1], [.. Enumerable.Range(0, 256).Select(i => (sbyte)(i % 7 - 3))]))
                .Constant("w_scale", [], [0.01f])
                .Node("DequantizeLinear", ["w", "w_scale"], ["w_dq"])
                .Node("Conv", ["x_dq", "w_dq"], ["conv"])
        );
}
