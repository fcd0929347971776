using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Reports;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

/// <summary>A convolution that is worth its integers, lost in arithmetic that takes many times as long: 1.00x to 1.01x on a quiet
/// machine, so that a busy one does not take it for 1.05x.</summary>
public sealed class UnnoticedSpeedupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Integers_that_nobody_notices_are_given_up()
    {
        QuantizationReport report = Run(ActivationMode.Automatic);

        Assert.DoesNotContain(report.Nodes, node => node.Decision == NodeDecision.Int8);
        Assert.Contains(report.Nodes, node => node.Decision == NodeDecision.Stored);
        // How slow they are is the machine's to say; both ways of telling it are tested below.
        Finding told = Assert.Single(report.Findings, finding => finding.Subject == "latency");
        Assert.Equal("QZ104", told.Code);
        Assert.Contains("only its weights are stored as integers", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.2, 0.2, true)]
    [InlineData(0.09, 0.099, true)]
    [InlineData(0.045, 0.05, true)]
    [InlineData(0.09, 0.09, false)]
    [InlineData(0.03, 0.09, true)]
    [InlineData(0.015, 0.09, false)]
    public void Of_short_runs_only_those_that_integers_clearly_slow_down_are_in_question(double floatMs, double integerMs, bool are)
    {
        LatencyResult inFloat = new([.. Enumerable.Repeat(floatMs, 10)]),
            inIntegers = new([.. Enumerable.Repeat(integerMs, 10)]);

        Assert.Equal(are, SpeedWorth.IsLongEnough([inFloat, inFloat, inIntegers]));
        Assert.Equal(!are, SpeedWorth.IsTooShort(Options(), [inFloat, inFloat, inIntegers]));
        Assert.False(SpeedWorth.IsTooShort(Options() with { Activations = ActivationMode.Static }, [inFloat, inFloat, inIntegers]));
    }

    [Theory]
    [InlineData(0.87, 0.02, 0.97, 0.02, true)]
    [InlineData(0.87, 0.06, 0.97, 0.06, false)]
    [InlineData(0.99, 0.02, 1.04, 0.02, false)]
    [InlineData(1.1, 0.02, 1.2, 0.02, false)]
    public void Stored_weights_that_are_surely_slower_than_the_integers_do_not_replace_them(
        double stored,
        double storedSpread,
        double integers,
        double integersSpread,
        bool are
    ) => Assert.Equal(are, SpeedWorth.IsSurelySlower(new SpeedRatio(stored, storedSpread), new SpeedRatio(integers, integersSpread)));

    [Theory]
    [InlineData(1.02, 32, 20, true)]
    [InlineData(1.02, 32, 31.5, false)]
    [InlineData(1.02, 32, 54, false)]
    [InlineData(0.97, 32, 20, false)]
    public void Those_that_cost_no_time_and_keep_more_are_not(double speedup, double integersDb, double storedDb, bool areKept) =>
        Assert.Equal(areKept, SpeedWorth.AreWorthIt(speedup, integersDb, storedDb));

    [Theory]
    [InlineData(0.94, SlowIntegers.Measured, true)]
    [InlineData(0.96, SlowIntegers.Measured, false)]
    [InlineData(1.5, SlowIntegers.Stored, true)]
    public void Slow_integers_do_not_stay_because_stored_weights_fall_below_the_floor(double speedup, SlowIntegers slow, bool go)
    {
        QuantizationOptions options = Options() with { SlowIntegers = slow };

        Assert.Equal(go, SpeedWorth.MustNotStay(options, speedup));
        Assert.False(SpeedWorth.MustNotStay(options with { KeepsFloor = false }, speedup));
    }

    [Theory]
    [InlineData(1.04, 60, true)]
    [InlineData(1.06, 27.9, true)]
    [InlineData(1.06, 40, false)]
    [InlineData(1.12, 20, false)]
    public void A_small_speed_up_is_worth_no_noise_that_anybody_sees(double speedup, double integersDb, bool isTooLittle) =>
        Assert.Equal(isTooLittle, SpeedWorth.IsTooLittle(speedup, integersDb));

    [Theory]
    [InlineData(0.74, 1.0, "In integers the network is slower than in float here (0.74x): so it computes in float")]
    [InlineData(0.99, 1.0, "which nobody notices")]
    [InlineData(1.02, 1.0, "which nobody notices")]
    [InlineData(1.16, 1.47, "and 1.47x with all of its arithmetic in float")]
    [InlineData(1.06, 1.0, "which is little for what it lost (an output kept less than 35 dB)")]
    public void Why_integers_were_given_up_is_told(double speedup, double stored, string why) =>
        Assert.Contains(why, FormFindings.NotFaster(speedup, stored).Message);

    [Fact]
    public void A_verdict_of_a_busy_machine_is_said_to_be_one()
    {
        Assert.DoesNotContain("too busy", FormFindings.NotFaster(0.74, 1).Message);
        Assert.EndsWith("the next run measures it again.", FormFindings.NotFaster(0.74, 1, isSettled: false).Message);
        Assert.EndsWith(
            "the next run measures it again.",
            FormFindings.Hastened(new SlowNodesReport(["conv"], 0.8, 1.1), isSettled: false).Message
        );
    }

    [Fact]
    public void Integers_that_were_asked_for_are_kept() =>
        Assert.Contains(Run(ActivationMode.Static).Nodes, node => node.Decision == NodeDecision.Int8);

    [Fact]
    public void A_network_that_is_to_be_left_below_its_floor_is_left()
    {
        QuantizationReport report = Run(
            ActivationMode.Automatic,
            options => options with { Method = RangeMethod.Percentile(60), KeepsFloor = false }
        );

        Assert.Equal(FloorOutcome.Left, report.Floor!.Outcome);
        Assert.Contains(report.Nodes, node => node.Decision == NodeDecision.Int8);
    }

    private static QuantizationOptions Options() => new() { ModelPath = "m.onnx", CalibrationPaths = ["d.npz"] };

    private QuantizationReport Run(ActivationMode mode, Func<QuantizationOptions, QuantizationOptions>? change = null)
    {
        GraphBuilder graph = new GraphBuilder()
            .Input("x", [1, 16, 64, 64])
            .Constant("w", [16, 16, 1, 3], Values(16 * 16 * 3, 0.1f))
            .Node("Conv", ["x", "w"], ["t0"], NodeAttribute.Of("pads", [0, 1, 0, 1]));
        for (int i = 0; i < 8; i++)
            graph = graph.Node(i % 2 == 0 ? "Erf" : "Sin", [$"t{i}"], [$"t{i + 1}"]);
        OnnxFile.Write(graph.Node("Identity", ["t8"], ["y"]).Output("y", [1, 16, 64, 64]).Build(), _folder.File("model.onnx"));
        _folder.Write("x.npz", DataFiles.Npz("x", [1, 16, 64, 64], [.. Enumerable.Range(0, 4).Select(_ => Values(16 * 64 * 64, 1f))]));
        return QuantizationPipeline.Quantize(
            (change ?? (same => same))(
                new QuantizationOptions
                {
                    ModelPath = _folder.File("model.onnx"),
                    CalibrationPaths = [_folder.File("x.npz")],
                    Method = RangeMethod.MinMax,
                    WeightRanges = WeightRangeMethod.MinMax,
                    Activations = mode,
                }
            )
        );
    }

    private static float[] Values(int count, float largest)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => largest * (2f * random.NextSingle() - 1f))];
    }
}
