using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Calibration.Observation;

public class MaskedPositionsTests
{
    /// <summary>y is [1, positions, 2], z [positions, 2], whole [1, 8]: an axis of positions in two places, and none.</summary>
    private static readonly OnnxModel Model = new GraphBuilder()
        .Input("x", ["N", 4, 2])
        .Constant("flat", [2], [-1L, 2])
        .Constant("all", [2], [1L, -1])
        .Node("Neg", ["x"], ["y"])
        .Node("Reshape", ["y", "flat"], ["folded"])
        .Node("Abs", ["folded"], ["z"])
        .Node("Reshape", ["z", "all"], ["whole"])
        .Node("Neg", ["whole"], ["w"])
        .Output("w")
        .Build();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Positions_that_are_switched_off_do_not_count(int batch)
    {
        CalibrationStatistics statistics = Calibrator
            .Run(Model, ["x", "y", "z", "w"], new Padded(), new CalibrationOptions { Workers = 1, BatchSize = batch })
            .Statistics;

        Assert.Equal((6L, 1f, 10f), Told(statistics.Tensors["x"]));
        Assert.Equal((6L, -10f, -1f), Told(statistics.Tensors["y"]));
        Assert.Equal((6L, 1f, 10f), Told(statistics.Tensors["z"]));
        Assert.Equal((16L, -104f, -1f), Told(statistics.Tensors["w"]));
    }

    private static (long, float, float) Told(TensorStatistics statistics) => (statistics.Count, statistics.Min, statistics.Max);

    /// <summary>The first has two positions that count, one apart from the other, the second one; the others hold 100 and more.</summary>
    private sealed class Padded : ISampleSource
    {
        public int Count => 2;

        public string NameOf(int index) => $"{index}";

        public int? LabelOf(int index) => null;

        public Sample Load(int index)
        {
            float[] values = index == 0 ? [1, 2, 100, 101, 3, 4, 102, 103] : [104, 104, 9, 10, 104, 104, 104, 104];
            bool[] counted = index == 0 ? [true, false, true, false] : [false, true, false, false];
            return new Sample(NameOf(index), new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 4, 2], values) })
            {
                Mask = new PositionMask(counted),
            };
        }
    }
}
