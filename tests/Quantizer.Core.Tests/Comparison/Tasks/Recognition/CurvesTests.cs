using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class CurvesTests
{
    [Fact]
    public void The_points_of_a_series_are_a_curve_and_scores_are_not()
    {
        Assert.True(AreSmooth(24, index => MathF.Sin(index / 4f)));
        Assert.True(AreSmooth(24, index => MathF.Sin(index / 4f) + (Evidence.Noise(index) / 10)));
        Assert.False(AreSmooth(24, Evidence.Noise));
        // Two kinds of classes, sorted by kind.
        Assert.False(AreSmooth(24, index => Evidence.Noise(index) + (index < 12 ? 1 : -1)));
    }

    [Fact]
    public void Few_or_equal_numbers_are_none()
    {
        Assert.False(AreSmooth(8, index => index));
        Assert.False(AreSmooth(24, _ => 1));
    }

    private static bool AreSmooth(int count, Func<int, float> value)
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder().Input("x", ["batch", count]).Node("Identity", ["x"], ["y"]).Output("y").Build()
        );
        Sample[] samples =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(sample => new Sample(
                    $"{sample}",
                    new Dictionary<string, TensorValue>
                    {
                        ["x"] = TensorValue.FromFloats(
                            [1, count],
                            [.. Enumerable.Range(0, count).Select(index => (sample + 1) * value(index + sample))]
                        ),
                    }
                )),
        ];
        return Curves.AreSmooth(model, samples, "y", CancellationToken.None);
    }
}
