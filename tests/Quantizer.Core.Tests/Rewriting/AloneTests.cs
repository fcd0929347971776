using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Fallback;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Rewriting;

/// <summary>Weights and activations of a plan, each without the other.</summary>
public sealed class AloneTests
{
    private const int Width = 256;

    [Fact]
    public void Weights_alone_leave_all_arithmetic_in_float_and_store_each_weight_as_integers()
    {
        MeasuredNetwork network = Network(ActivationMode.Static);

        Graph graph = WeightsAlone.Of(network.Lowered, network.Plan)!.Graph;

        Assert.DoesNotContain(graph.Nodes, node => node.OpType is "QuantizeLinear" or "DequantizeLinear");
        Assert.Equal(2, graph.Initializers.Count(tensor => tensor.Type == ElementType.Int8 && tensor.ElementCount == Width * Width));
        Assert.DoesNotContain(graph.Initializers, tensor => tensor.Type == ElementType.Float && tensor.ElementCount == Width * Width);
    }

    [Fact]
    public void Weights_alone_have_the_biases_that_were_corrected_for_them_even_where_there_were_none()
    {
        MeasuredNetwork network = Network(ActivationMode.Static);
        float[] corrected = [.. Enumerable.Range(0, Width).Select(i => i / 100f)];
        QuantizationPlan plan = network.Plan with
        {
            Weights = [.. network.Plan.Weights.Select(weights => weights with { Bias = corrected })],
        };

        Graph graph = WeightsAlone.Of(network.Lowered, plan)!.Graph;

        Assert.All(
            graph.Nodes.Where(node => node.Is("Gemm")),
            node => Assert.Equal(corrected, graph.Initializers.Single(tensor => tensor.Name == node.Inputs[2]).Values<float>().ToArray())
        );
        Assert.DoesNotContain(network.Lowered.Graph.Nodes, node => node.Is("Gemm") && node.Name == "Gemm_y" && node.Inputs.Count > 2);
    }

    [Theory]
    [InlineData(ActivationMode.Static, "QuantizeLinear")]
    [InlineData(ActivationMode.Dynamic, "DynamicQuantizeLinear")]
    public void Activations_alone_are_rounded_in_front_of_weights_in_float(ActivationMode mode, string quantizer)
    {
        MeasuredNetwork network = Network(mode);

        Graph graph = ActivationsAlone.Of(network.Lowered, network.Plan)!.Graph;
        GraphIndex index = new(graph);

        Assert.DoesNotContain(graph.Initializers, tensor => tensor.Type == ElementType.Int8);
        Assert.All(
            graph.Nodes.Where(node => node.Is("Gemm")),
            node =>
            {
                Node reads = index.ProducerOf(node.Inputs[0])!;
                Assert.Equal("DequantizeLinear", reads.OpType);
                Assert.Equal(quantizer, index.ProducerOf(reads.Inputs[0])!.OpType);
                Assert.Equal(ElementType.Float, index.ConstantOf(node.Inputs[1])!.Type);
            }
        );
    }

    [Fact]
    public void Where_activations_stay_in_float_there_are_none_alone()
    {
        MeasuredNetwork network = Network(ActivationMode.None);

        Assert.NotEmpty(network.Plan.Stored);
        Assert.Null(ActivationsAlone.Of(network.Lowered, network.Plan));
    }

    private static MeasuredNetwork Network(ActivationMode mode)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, Width])
            .Gemm("hidden", "x", Width, Width)
            .Node("Relu", ["hidden"], ["positive"])
            .Gemm("y", "positive", Width, Width, bias: false)
            .Output("y", [1, Width])
            .Build();
        return new MeasuredNetwork(model, ArraySamples.Random(4, [1, Width]), mode);
    }
}
