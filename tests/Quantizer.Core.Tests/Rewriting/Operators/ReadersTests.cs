using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting.Operators;

/// <summary>Tensors with several readers: an integer kernel is used only when all of them read the dequantized value.</summary>
public class ReadersTests
{
    [Fact]
    public void A_graph_output_that_is_read_inside_keeps_its_name_and_its_maker_its_integer_kernel()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["features"])
                .Conv("last", "features", 32, 16)
                .Output("features")
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear*2 QLinearConv*2 QuantizeLinear", network.Kernels);
        Assert.Equal(["features", "last"], network.Model.Graph.Outputs.Select(output => output.Name));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Float_readers_of_an_integer_tensor_read_the_dequantized_value()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .Conv("last", "relu", 32, 16)
                .Node("Exp", ["relu"], ["exp"])
                .Output("last")
                .Output("exp")
                .Build()
        );

        Assert.Equal("DequantizeLinear*2 Exp QLinearConv*2 QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void Float_readers_of_a_float_tensor_are_not_rounded()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Node("Tanh", ["x"], ["tanh"])
                .Conv("last", "tanh", 16, 16)
                .Node("Exp", ["tanh"], ["exp"])
                .Output("last")
                .Output("exp")
                .Build()
        );

        Node exp = network.Model.Graph.Nodes.Single(node => node.OpType == "Exp");
        Assert.Equal(["tanh"], exp.Inputs);
        Assert.False(network.Site("tanh").ForAllReaders);
        Assert.Equal("QLinearConv", network.KernelOf("Conv_last"));
        network.AssertNoFindings();
        network.AssertClose(32);
    }

    [Fact]
    public void The_graph_input_is_quantized_once_for_all_integer_readers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("left", "x", 16, 16)
                .Conv("right", "x", 16, 16)
                .Node("Tanh", ["x"], ["tanh"])
                .Output("left")
                .Output("right")
                .Output("tanh")
                .Build()
        );

        Assert.Equal("DequantizeLinear*2 QLinearConv*2 QuantizeLinear Tanh", network.Kernels);
        Assert.Equal(["x"], network.Model.Graph.Nodes.Single(node => node.OpType == "Tanh").Inputs);
        network.AssertClose(32);
    }

    [Theory]
    [InlineData("MatMul", "MatMulIntegerToFloat*2 QuantizeLinear*2 Softmax Sum")]
    [InlineData("Gemm", "QGemm*2 QuantizeLinear*2 Softmax Sum")]
    public void A_product_that_is_read_in_float_and_quantized_runs_on_integers(string product, string kernels)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", ["batch", 128]);
        _ = product == "Gemm" ? builder.Gemm("first", "x", 128, 256) : builder.MatMul("first", "x", 128, 256);
        builder.Node("Softmax", ["first"], ["shares"]);
        _ = product == "Gemm" ? builder.Gemm("last", "first", 256, 128) : builder.MatMul("last", "first", 256, 128);

        QuantizedNetwork network = QuantizedNetwork.Of(builder.Output("shares").Output("last").Build());

        Assert.Equal(kernels, network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(28);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_product_that_is_an_output_and_read_quantized_runs_on_integers(bool isStandard)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", ["batch", 8, 128])
                .MatMul("first", "x", 128, 256)
                .MatMul("last", "first", 256, 128)
                .Output("first")
                .Output("last")
                .Build(),
            PlacementOptions.Default with
            {
                StandardOnly = isStandard,
            }
        );

        Assert.Equal(["first", "last"], network.Model.Graph.Outputs.Select(output => output.Name));
        Assert.Equal("MatMulIntegerToFloat*2 QuantizeLinear*2 Sum", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_branch_that_reads_an_integer_tensor_from_inside_leaves_its_maker_on_integers()
    {
        Graph Branch(string function, string output) => new GraphBuilder().Node(function, ["relu"], [output]).Output(output).BuildGraph();
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Relu", ["first"], ["relu"])
                .Conv("last", "relu", 32, 16)
                .Node("ReduceMax", ["last"], ["largest"], NodeAttribute.Of("keepdims", 0L))
                .Constant("zero", [], [0f])
                .Node("Greater", ["largest", "zero"], ["positive"])
                .Node(
                    "If",
                    ["positive"],
                    ["chosen"],
                    NodeAttribute.Of("then_branch", Branch("Exp", "then_out")),
                    NodeAttribute.Of("else_branch", Branch("Tanh", "else_out"))
                )
                .Output("last")
                .Output("chosen")
                .Build()
        );

        Assert.Equal(("QLinearConv", "QLinearConv"), (network.KernelOf("Conv_first"), network.KernelOf("Conv_last")));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void A_tensor_multiplied_with_itself_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("first", "x", 16, 32)
                .Node("Mul", ["first", "first"], ["square"])
                .Conv("last", "square", 32, 16)
                .Output("last")
                .Build()
        );

        Assert.Equal("DequantizeLinear QLinearConv*2 QLinearMul QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(28);
    }
}
