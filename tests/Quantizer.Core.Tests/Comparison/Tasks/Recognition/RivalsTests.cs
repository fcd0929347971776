using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class RivalsTests
{
    private const int Samples = 16,
        Count = 8;

    [Fact]
    public void Scores_whose_sum_hardly_changes_are_rivals_and_numbers_of_their_own_are_not()
    {
        float Own(int sample, int number) => Evidence.Noise((sample * Count) + number);
        float MeanOf(int sample) => Enumerable.Range(0, Count).Average(number => Own(sample, number));

        Assert.True(Are(Samples, (sample, number) => Own(sample, number) - MeanOf(sample)));
        Assert.True(Are(Samples, (sample, number) => Own(sample, number) - (0.7f * MeanOf(sample))));
        Assert.False(Are(Samples, (sample, number) => Own(sample, number) + MeanOf(sample)));
        // Corners of one thing.
        Assert.False(Are(Samples, (sample, number) => (3 * Evidence.Noise(sample)) + Own(sample, number)));
    }

    [Fact]
    public void Few_samples_prove_nothing() => Assert.True(Are(7, (sample, number) => Evidence.Noise(sample)));

    private static bool Are(int count, Func<int, int, float> value)
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder().Input("x", ["batch", Count]).Node("Identity", ["x"], ["y"]).Output("y").Build()
        );
        Sample[] samples =
        [
            .. Enumerable
                .Range(0, count)
                .Select(sample => new Sample(
                    $"{sample}",
                    new Dictionary<string, TensorValue>
                    {
                        ["x"] = TensorValue.FromFloats([1, Count], [.. Enumerable.Range(0, Count).Select(number => value(sample, number))]),
                    }
                )),
        ];
        return Rivals.Are(model, samples, "y", CancellationToken.None);
    }
}
