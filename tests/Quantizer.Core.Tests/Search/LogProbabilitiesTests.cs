using Quantizer.Graphs;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class LogProbabilitiesTests
{
    [Fact]
    public void Each_list_has_logarithms_without_their_mean()
    {
        float[] logarithms = LogProbabilities.Of([0.5f, 0.5f, MathF.E / (1 + MathF.E), 1 / (1 + MathF.E)], classes: 2);

        Assert.Equal([0f, 0f, 0.5f, -0.5f], logarithms.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void What_underflows_counts_as_the_least_and_NaN_as_itself()
    {
        float[] logarithms = LogProbabilities.Of([1f, 0f, 1f, 1e-38f], classes: 4);

        Assert.Equal(logarithms[1], logarithms[3]);
        Assert.All(logarithms, value => Assert.True(float.IsFinite(value)));
        Assert.True(float.IsNaN(LogProbabilities.Of([float.NaN, 0.5f], classes: 2)[0]));
    }

    [Theory]
    [InlineData("Softmax", -1L, true)]
    [InlineData("Softmax", 1L, true)]
    [InlineData("Softmax", 0L, false)]
    [InlineData("LogSoftmax", 1L, false)]
    public void A_Softmax_over_the_classes_gives_them(string operation, long axis, bool are)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 3])
            .Node(operation, ["x"], ["y"], new NodeAttribute("axis", new AttributeValue.Int(axis)))
            .Output("y", [1, 3])
            .Build();

        Assert.Equal(are, LogProbabilities.AreGivenBy(model.Graph.Nodes[0]));
    }

    [Fact]
    public void Sequences_and_maps_are_judged_as_they_are()
    {
        Assert.True(LogProbabilities.Hold([1, 10]));
        Assert.False(LogProbabilities.Hold([1, 40, 10]));
    }
}
