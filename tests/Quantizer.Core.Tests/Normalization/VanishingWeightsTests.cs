using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization;

public sealed class VanishingWeightsTests
{
    [Fact]
    public void Weights_and_biases_of_next_to_nothing_are_zeros()
    {
        NormalizedModel normalized = Of(Layer([0.5f, 1e-20f, -1e-39f, 2f], [1e-17f, 0.25f]));

        Assert.Equal([0.5f, 0f, 0f, 2f], Weights(normalized));
        Assert.Equal([0f, 0.25f], normalized.Constant(normalized.Graph.Nodes[0].Inputs[2]).Values<float>().ToArray());
        Assert.Contains(normalized.Notes, note => note.Pass == VanishingWeights.Pass && note.Message.StartsWith("3 values of 2 ", default));
    }

    [Fact]
    public void So_are_those_that_a_folded_normalization_leaves()
    {
        NormalizedModel normalized = Of(Layer([0.5f, 1f, 1f, 2f], [0.5f, 0.25f], [1f, 1e-25f]));

        Assert.Equal(0f, Weights(normalized)[2]);
        Assert.Equal(0f, Weights(normalized)[3]);
        Assert.NotEqual(0f, Weights(normalized)[0]);
    }

    [Fact]
    public void A_layer_that_vanishes_as_a_whole_is_zeros() =>
        Assert.Equal([0f, 0f, 0f, 0f], Weights(Of(Layer([1e-40f, 2e-40f, -1e-33f, 0f], [1f, 2f]))));

    [Fact]
    public void Small_weights_stay_as_they_are()
    {
        float[] weights = [1e-20f, 2e-20f, -3e-20f, 1e-25f];
        NormalizedModel normalized = Of(Layer(weights));

        Assert.Equal(weights, Weights(normalized));
        Assert.DoesNotContain(normalized.Notes, note => note.Pass == VanishingWeights.Pass);
    }

    [Fact]
    public void Constants_that_are_no_weights_stay_as_they_are()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 2])
            .Constant("small", [2], [1f, 1e-20f])
            .Node("Mul", ["x", "small"], ["y"])
            .Output("y")
            .Build();

        Assert.Equal(1e-20f, Of(model).Constant("small").Values<float>()[1]);
    }

    private static float[] Weights(NormalizedModel normalized) =>
        normalized.Constant(normalized.Graph.Nodes[0].Inputs[1]).Values<float>().ToArray();

    /// <summary>A convolution of two channels, normalized where there is a scale.</summary>
    private static OnnxModel Layer(float[] weights, float[]? bias = null, float[]? scale = null)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [1, 2, 4, 4]).Constant("w", [2, 2, 1, 1], weights);
        if (bias is not null)
            builder.Constant("b", [2], bias);
        builder.Node("Conv", bias is null ? ["x", "w"] : ["x", "w", "b"], [scale is null ? "y" : "c"]);
        if (scale is not null)
        {
            builder.Constant("scale", [2], scale).Constant("shift", [2], [0f, 0f]).Constant("mean", [2], [0f, 0f]);
            builder.Constant("variance", [2], [1f, 1f]);
            builder.Node("BatchNormalization", ["c", "scale", "shift", "mean", "variance"], ["y"]);
        }
        return builder.Output("y").Build();
    }
}
