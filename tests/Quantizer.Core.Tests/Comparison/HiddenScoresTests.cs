using Quantizer.Comparison;
using Quantizer.Graphs;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Comparison;

/// <summary>Scores behind a mask inside of the network do not hide the error of the others.</summary>
public class HiddenScoresTests
{
    [Theory]
    [InlineData(-1e9f)]
    [InlineData(-65504f)]
    [InlineData(float.NegativeInfinity)]
    public void Figures_are_of_what_is_left(float masked)
    {
        float[] expected = [1, masked, 2, masked],
            found = [1, masked, 2.1f, masked * 1.001f];

        double signal = 5,
            error = 0.01;
        Assert.Equal(10 * Math.Log10(signal / error), Pair(expected, found).Whole.SqnrDb, 1e-4);
        RecordedPart recorded = RecordedPart.Of(0, null, [1, 4], expected, null);
        Assert.Equal((signal, error), (recorded.Signal, Math.Round(recorded.ErrorOf([1, 4], found), 6)));
    }

    [Fact]
    public void What_only_one_model_has_switched_off_is_an_error() =>
        Assert.True(Pair([1, -1e9f, 2, -1e9f], [1, 3, 2, -1e9f]).Whole.Error >= 9);

    [Fact]
    public void Numbers_that_are_large_by_themselves_count()
    {
        Assert.Null(HiddenScores.In([-20_000, -30_000, 5_000]));
        Assert.Null(HiddenScores.In([-20_000, -30_000]));
        Assert.Null(HiddenScores.In([1, 2, -3]));
        Assert.Equal([1], HiddenScores.In([1, -1e9f, -3])!);
    }

    [Fact]
    public void Outputs_that_hand_an_input_on_are_not_what_plans_are_judged_by()
    {
        Graph graph = new GraphBuilder()
            .Input("x", [1, 4])
            .Input("cache", [1, 4])
            .Constant("w", [4, 4], new float[16])
            .Node("MatMul", ["x", "w"], ["y"])
            .Node("Identity", ["cache"], ["kept"])
            .Output("y")
            .Output("kept")
            .Build()
            .Graph;

        Assert.Equal(["y"], TouchedOutputs.Of(graph, ["y", "kept"]));
        Assert.Equal(["kept"], TouchedOutputs.Of(graph, ["kept"]));
    }

    private static OutputSums Pair(float[] expected, float[] found)
    {
        OutputPair pair = new(TensorValue.FromFloats([1, 4], expected), TensorValue.FromFloats([1, 4], found));
        return pair.Sums(pair.Judged(mask: null), []);
    }
}
