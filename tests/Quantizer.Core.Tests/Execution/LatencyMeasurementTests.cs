using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class LatencyMeasurementTests
{
    [Fact]
    public void A_model_with_a_hundred_times_the_work_takes_longer()
    {
        using InferenceModel light = InferenceModel.Load(Products(1));
        using InferenceModel heavy = InferenceModel.Load(Products(100));
        IReadOnlyList<LatencyResult> results = LatencyMeasurement.Measure([heavy, light], Square, TimeSpan.FromMilliseconds(100));

        Assert.True(results[0].MedianMilliseconds > 5 * results[1].MedianMilliseconds, $"{results[0]} against {results[1]}");
        Assert.All(results, result => Assert.InRange(result.MinimumMilliseconds, double.Epsilon, result.MedianMilliseconds));
        Assert.All(results, result => Assert.InRange(result.Runs, 15, 1000));
        Assert.Equal(results[0].Runs, results[1].Runs);
    }

    [Fact]
    public void No_budget_still_gives_enough_rounds_for_a_median()
    {
        using InferenceModel model = InferenceModel.Load(Products(1));
        Assert.InRange(LatencyMeasurement.Measure([model], Square, TimeSpan.FromMilliseconds(1))[0].Runs, 3, 1000);
    }

    /// <param name="seconds">That go by at each look at the clock.</param>
    [Theory]
    [InlineData(0, "0 1 2 2 1 0")]
    [InlineData(1, "0 1 2")]
    public void What_opens_fast_is_timed_in_two_sessions_opened_in_opposite_order(int seconds, string expected)
    {
        List<int> opened = [];

        IReadOnlyList<LatencyResult> results = LatencyMeasurement.MeasureOpened(
            [() => Open(0), () => Open(1), () => Open(2)],
            Square,
            TimeSpan.FromMilliseconds(100),
            clock: new SteppingClock(TimeSpan.FromSeconds(seconds))
        );

        Assert.Equal(expected, string.Join(' ', opened));
        Assert.All(results, result => Assert.Equal(results[0].Runs, result.Runs));
        // Each model's own times are put together: the third has a hundred times the work of the first.
        Assert.True(results[0].MinimumMilliseconds < results[1].MinimumMilliseconds, "The second sessions' times are those of others.");
        Assert.True(results[1].MinimumMilliseconds < results[2].MinimumMilliseconds, "The second sessions' times are those of others.");

        InferenceModel Open(int model)
        {
            opened.Add(model);
            return InferenceModel.Load(Products(1 + 50 * model));
        }
    }

    private static Dictionary<string, TensorValue> Square => new() { ["x"] = TensorValue.FromFloats([64, 64], new float[64 * 64]) };

    private static OnnxModel Products(int count)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [64, 64]);
        string last = "x";
        for (int i = 0; i < count; i++)
            builder.Node("MatMul", [last, "x"], [last = $"t{i}"]);
        return builder.Output(last).Build();
    }

    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks += step.Ticks;
    }
}
