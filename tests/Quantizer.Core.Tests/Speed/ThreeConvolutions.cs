using Quantizer.Calibration;
using Quantizer.Calibration.Running;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Speed;

/// <summary>Three convolutions of 32 channels, one behind the other.</summary>
internal static class ThreeConvolutions
{
    private const int Channels = 32,
        Side = 16;

    public const int Elements = Channels * Side * Side;

    public static IReadOnlyDictionary<string, TensorValue> Sample =>
        new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, Channels, Side, Side], Values(Elements, 1)) };

    /// <param name="functions">Behind them, which take longer, and gain nothing from integers.</param>
    public static OnnxModel Build(int functions = 0)
    {
        GraphBuilder graph = new GraphBuilder().Input("x", [1, Channels, Side, Side]);
        foreach ((string from, string to) in ((string, string)[])[("x", "a"), ("a", "b"), ("b", "c")])
        {
            graph = graph
                .Constant($"w_{to}", [Channels, Channels, 3, 3], Values(Channels * Channels * 9, 0.1f, seed: to[0]))
                .Node("Conv", [from, $"w_{to}"], [to], NodeAttribute.Of("pads", [1, 1, 1, 1]));
        }
        string last = "c";
        for (int i = 0; i < functions; i++)
            graph = graph.Node("Sin", [last], [last = $"sin{i}"]);
        return graph.Output(last, [1, Channels, Side, Side]).Build();
    }

    /// <summary>Random values in -1..1 for the input, as many samples.</summary>
    public static float[][] Rows(int samples) => [.. Enumerable.Range(0, samples).Select(seed => Values(Elements, 1, seed))];

    public static OnnxModel Quantize(PlacedModel placed)
    {
        ArraySamples samples = ArraySamples.Random(2, [1, Channels, Side, Side]);
        CalibratedModel calibrated = Calibrator.Calibrate(placed, samples, new CalibrationOptions(), _ => { }, CancellationToken.None);
        RangePlanner planner = new(placed.Sites, calibrated.Statistics, placed.Lowered.Graph, WeightOptions.Default);
        return GraphRewriter.Rewrite(placed, planner.Plan(new MinMaxSelector())).Model;
    }

    private static float[] Values(int count, float largest, int seed = 0)
    {
        Random random = new(count + seed);
        return [.. Enumerable.Range(0, count).Select(_ => largest * (2f * random.NextSingle() - 1f))];
    }
}
