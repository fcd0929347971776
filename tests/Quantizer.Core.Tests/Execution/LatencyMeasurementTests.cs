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
        Dictionary<string, TensorValue> inputs = new() { ["x"] = TensorValue.FromFloats([64, 64], new float[64 * 64]) };

        IReadOnlyList<LatencyResult> results = LatencyMeasurement.Measure([heavy, light], inputs, TimeSpan.FromMilliseconds(100));

        Assert.True(results[0].MedianMilliseconds > 5 * results[1].MedianMilliseconds, $"{results[0]} against {results[1]}");
        Assert.All(results, result => Assert.InRange(result.MinimumMilliseconds, double.Epsilon, result.MedianMilliseconds));
        Assert.All(results, result => Assert.InRange(result.Runs, 15, 1000));
        Assert.Equal(results[0].Runs, results[1].Runs);
    }

    [Fact]
    public void No_budget_still_gives_enough_rounds_for_a_median()
    {
        using InferenceModel model = InferenceModel.Load(Products(1));
        Dictionary<string, TensorValue> inputs = new() { ["x"] = TensorValue.FromFloats([64, 64], new float[64 * 64]) };

        Assert.InRange(LatencyMeasurement.Measure([model], inputs, TimeSpan.FromMilliseconds(1))[0].Runs, 3, 1000);
    }

    private static OnnxModel Products(int count)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [64, 64]);
        string last = "x";
        for (int i = 0; i < count; i++)
            builder.Node("MatMul", [last, "x"], [last = $"t{i}"]);
        return builder.Output(last).Build();
    }
}
