using Quantizer.Graphs;
using Quantizer.Placement;

namespace Quantizer.Core.Tests.Rewriting;

public class UniformConstantsTests
{
    private const int Side = 32;

    private static readonly PlacementOptions Stored = PlacementOptions.Default with { Activations = ActivationMode.None };

    [Theory]
    [InlineData(0f)]
    [InlineData(-2.5f)]
    public void Padding_of_one_value_is_made_when_the_file_is_loaded(float value)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Padded([.. Enumerable.Repeat(value, 4 * Side * Side)]), Stored);

        Assert.Contains(network.Model.Graph.Nodes, node => node.OpType == "ConstantOfShape");
        Assert.DoesNotContain(network.Model.Graph.Initializers, tensor => tensor.ElementCount >= 4 * Side * Side);
        Assert.Equal("Concat Conv", network.Kernels);
        network.AssertClose(30);
    }

    [Fact]
    public void One_that_differs_in_a_value_stays_in_the_file()
    {
        float[] values = new float[4 * Side * Side];
        values[^1] = 1f;

        QuantizedNetwork network = QuantizedNetwork.Of(Padded(values), Stored);

        Assert.DoesNotContain(network.Model.Graph.Nodes, node => node.OpType == "ConstantOfShape");
        network.AssertClose(30);
    }

    [Fact]
    public void Weights_of_one_value_stay_what_they_are()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 64])
                .Constant("w", [64, 64], [.. Enumerable.Repeat(0.5f, 64 * 64)])
                .Node("MatMul", ["x", "w"], ["y"])
                .Output("y")
                .Build(),
            PlacementOptions.Default with
            {
                Exclude = ["*"],
            }
        );

        Assert.DoesNotContain(network.Model.Graph.Nodes, node => node.OpType == "ConstantOfShape");
    }

    /// <summary>A convolution with four more channels beside its own.</summary>
    private static OnnxModel Padded(float[] padding) =>
        new GraphBuilder()
            .Input("x", [1, 8, Side, Side])
            .Constant("w", [8, 8, 3, 3], Layers.Weights(8 * 8 * 9, 8, "w"))
            .Node("Conv", ["x", "w"], ["c"], NodeAttribute.Of("pads", [1L, 1L, 1L, 1L]))
            .Constant("padding", [1, 4, Side, Side], padding)
            .Node("Concat", ["c", "padding"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y")
            .Build();
}
