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

    [Fact]
    public void What_opens_fast_is_timed_in_two_sessions_opened_in_opposite_order()
    {
        List<int> opened = [];

        IReadOnlyList<LatencyResult> results = LatencyMeasurement.MeasureOpened(
            [() => Open(0), () => Open(1), () => Open(2)],
            Square,
            TimeSpan.FromMilliseconds(100)
        );

        Assert.Equal([0, 1, 2, 2, 1, 0], opened);
        Assert.All(results, result => Assert.Equal(results[0].Runs, result.Runs));
        Assert.True(
            results[2].MinimumMilliseconds > results[0].MinimumMilliseconds,
            "The times of the second sessions are those of others."
        );

        InferenceModel Open(int model)
        {
            opened.Add(model);
            return InferenceModel.Load(Products(1 + 50 * model));
        }
    }

    [Fact]
    public void What_opens_slowly_is_opened_once()
    {
        int openings = 0;

        LatencyMeasurement.MeasureOpened([Open], Square, TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, openings);

        InferenceModel Open()
        {
            openings++;
            Thread.Sleep(400);
            return InferenceModel.Load(Products(1));
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
}
