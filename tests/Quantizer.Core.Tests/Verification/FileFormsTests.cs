using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Targets;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Verification;

/// <summary>What nodes of a finished file are meant to be, whoever made it.</summary>
public sealed class FileFormsTests
{
    [Fact]
    public void A_product_of_what_is_quantized_in_each_run_is_dynamic()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [4, 32])
            .Constant(Tensor.FromInt8s("w", [32, 16], [.. Enumerable.Range(0, 512).Select(i => (sbyte)(i % 7 - 3))]))
            .Node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"])
            .Node("MatMulInteger", ["q", "w", "z"], ["sum"])
            .Node("Cast", ["sum"], ["cast"], NodeAttribute.Of("to", 1L))
            .Node("Mul", ["cast", "s"], ["y"])
            .Output("y")
            .Build();

        (VerificationResult result, NodePlacement node) = Verified(model, "MatMulInteger");

        Assert.Equal(NodeForm.Dynamic, node.Form);
        Assert.Equal((100.0, 100.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Equal("Nodes that compute on integers with ranges taken in each run: 1.", Described(result));
    }

    [Fact]
    public void A_convolution_that_became_a_product_of_what_its_kernel_covers_is_dynamic()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 128, 40])
                .Constant("w", [128, 128, 3], Layers.Weights(128 * 128 * 3, 128 * 3, "w"))
                .Node("Conv", ["x", "w"], ["y"], NodeAttribute.Of("pads", [1L, 1L]))
                .Output("y")
                .Build(),
            PlacementOptions.Default with
            {
                Activations = ActivationMode.Dynamic,
            }
        );

        Assert.Equal(NodeForm.Dynamic, Verified(network.Model, "MatMulInteger").Node.Form);
    }

    [Theory]
    [InlineData(ActivationMode.None, "LSTM", "Stored")]
    [InlineData(ActivationMode.Dynamic, "DynamicQuantizeLSTM", "Dynamic")]
    public void Recurrent_layers_of_our_own_files_are_told(ActivationMode mode, string operatorType, string form)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            Rewriting.Forms.Recurrent.Layer("LSTM", 4, directions: 1),
            PlacementOptions.Default with
            {
                Activations = mode,
            }
        );

        Assert.Equal(form, Verified(network.Model, operatorType).Node.Form.ToString());
    }

    [Theory]
    [InlineData(WeightStorage.Int8, false)]
    [InlineData(WeightStorage.Int4, true)]
    public void Stored_weights_of_our_own_files_are_told(WeightStorage storage, bool hasBlocks)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 64]).MatMul("y", "x", 64, 64).Output("y").Build(),
            PlacementOptions.Default with
            {
                Activations = ActivationMode.None,
                Storage = storage,
            }
        );

        (VerificationResult result, NodePlacement node) = Verified(network.Model, "MatMul");

        Assert.Equal((NodeForm.Stored, hasBlocks), (node.Form, node.HasBlocks));
        Assert.Equal((0.0, 0.0), (result.PercentPlaced, result.PercentInteger));
        Assert.Empty(result.Findings);
        Assert.Equal(
            $"Nodes that compute in float with weights stored as integers{(hasBlocks ? " (1 of 4 bits)" : "")}: 1.",
            Described(result)
        );
    }

    [Fact]
    public void Weights_that_are_dequantized_in_front_of_a_float_kernel_are_stored_and_that_they_cost_time_is_told()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Constant(Tensor.FromInt8s("w", [16, 16, 3, 3], [.. Enumerable.Range(0, 2304).Select(i => (sbyte)(i % 11 - 5))]))
            .Constant("s", [], [0.1f])
            .Node("DequantizeLinear", ["w", "s"], ["dq"])
            .Node("Conv", ["x", "dq"], ["y"])
            .Output("y")
            .Build();

        (VerificationResult result, NodePlacement node) = Verified(model, "Conv");

        Assert.Equal(NodeForm.Stored, node.Form);
        Assert.Contains("dequantized in every run", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public void Static_and_float_nodes_are_what_they_were_and_need_no_words()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 3, 16, 16]).Conv("stem", "x", 3, 64).Conv("a", "stem", 64, 64).Output("a").Build()
        );

        VerificationResult result = QuantizedFile.Verify(network.Model, QuantizationTarget.Default.Target, sample: null);

        Assert.Equal(
            [NodeForm.Float, NodeForm.Static],
            result.Nodes.Where(node => node.Placement.OpType == "Conv").Select(node => node.Placement.Form)
        );
        Assert.Null(Described(result));
    }

    private static (VerificationResult Result, NodePlacement Node) Verified(OnnxModel model, string operatorType)
    {
        VerificationResult result = QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null);
        return (result, result.Nodes.Single(node => node.Placement.OpType == operatorType).Placement);
    }

    private static string? Described(VerificationResult result) => FileForms.Describe(result.Nodes.Select(node => node.Placement));
}
