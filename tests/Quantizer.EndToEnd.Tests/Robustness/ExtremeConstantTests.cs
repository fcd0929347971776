using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Constants so large, or so little numbers, that 8 bits cannot hold what they leave.</summary>
public sealed class ExtremeConstantTests : IDisposable
{
    private const int Side = 8;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Add", -1e4f, false)]
    [InlineData("Add", -1e4f, true)]
    [InlineData("Add", -1e9f, false)]
    [InlineData("Add", -1e9f, true)]
    [InlineData("Add", float.NegativeInfinity, true)]
    [InlineData("Mul", 1e9f, false)]
    public void A_mask_between_convolutions_costs_little_accuracy(string operatorType, float value, bool clamped)
    {
        float[] mask =
        [
            .. Enumerable
                .Range(0, Side * Side)
                .Select(place =>
                    place % 3 == 0 ? value
                    : operatorType == "Add" ? 0f
                    : 1f
                ),
        ];
        GraphBuilder builder = Picture().Conv("a", "x").Constant("mask", [1, 1, Side, Side], mask).Node(operatorType, ["a", "mask"], ["m"]);
        if (clamped)
            builder.Node("Relu", ["m"], ["s"]);

        JsonElement report = Quantize(builder.Conv("y", clamped ? "s" : "m").Output("y").Build());

        AssertSound(report);
    }

    [Fact]
    public void Infinities_that_a_network_masks_again_do_not_end_the_run()
    {
        float[] mask = [.. Enumerable.Range(0, Side).Select(place => place % 2 == 0 ? float.NegativeInfinity : 0f)];

        JsonElement report = Quantize(
            Picture()
                .Conv("a", "x")
                .Constant("mask", [Side], mask)
                .Node("Add", ["a", "mask"], ["m"])
                .Node("Softmax", ["m"], ["s"])
                .Conv("b", "s")
                .Conv("y", "b")
                .Output("y")
                .Build()
        );

        AssertSound(report);
    }

    [Fact]
    public void Infinities_that_only_data_bring_leave_the_layers_around_them_in_float()
    {
        // Where a value is negative, the maximum takes it to minus infinity's place, and Relu brings it back.
        JsonElement report = Quantize(
            Picture()
                .Conv("a", "x")
                .Constant("zero", [], [0f])
                .Constant("low", [], [float.NegativeInfinity])
                .Node("Less", ["a", "zero"], ["negative"])
                .Node("Where", ["negative", "low", "a"], ["m"])
                .Node("MaxPool", ["m"], ["p"], NodeAttribute.Of("kernel_shape", [3L, 3L]), NodeAttribute.Of("pads", [1L, 1L, 1L, 1L]))
                .Node("Relu", ["p"], ["s"])
                .Conv("b", "s")
                .Conv("y", "b")
                .Output("y")
                .Build()
        );

        AssertSound(report);
    }

    [Theory]
    [InlineData(float.NegativeInfinity, "per-channel")]
    [InlineData(float.NegativeInfinity, "per-tensor")]
    [InlineData(1e9f, "per-tensor")]
    [InlineData(-1e9f, "per-channel")]
    [InlineData(-3e38f, "per-channel")]
    public void A_channel_that_its_bias_switches_off_or_on_costs_little_accuracy(float value, string weights)
    {
        float[] bias = RandomValues.Floats(Layers.Channels, seed: 3);
        bias[5] = value;

        JsonElement report = Quantize(
            Picture().Conv("a", "x", bias).Node("Sigmoid", ["a"], ["s"]).Conv("b", "s").Conv("y", "b").Output("y").Build(),
            "--weights",
            weights
        );

        AssertSound(report);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named_before_any_sample_is()
    {
        OnnxModel model = Picture().Conv("a", "x").Conv("y", "a").Output("y").Build();
        Tensor weights = model.Graph.Initializers.Single(tensor => tensor.Name == "y_w");
        float[] values = weights.Values<float>().ToArray();
        values[7] = float.NaN;
        model.Graph.Initializers[model.Graph.Initializers.IndexOf(weights)] = Tensor.FromFloats("y_w", weights.Dimensions, values);
        string path = _workspace.Write("model.onnx", model),
            samples = Samples();

        ProgramResult result = CommandLine.Run(path, "--calib", samples),
            inspection = CommandLine.Run("inspect", path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Node 'Conv_y' (Conv): its constant 'y_w' holds NaN", result.Error);
        Assert.DoesNotContain("ample '", result.Error);
        Assert.Equal(0, inspection.ExitCode);
        Assert.Contains("its constant 'y_w' holds", inspection.Out);
    }

    private static GraphBuilder Picture() => new GraphBuilder().Input("x", [1, Layers.Channels, Side, Side]);

    private string Samples() => _workspace.WriteRandom("inputs.npz", "x", [12, Layers.Channels, Side, Side]);

    private JsonElement Quantize(OnnxModel model, params string[] options) =>
        CommandLine.Run([_workspace.Write("model.onnx", model), "--calib", Samples(), "--json", .. options]).MustSucceed().Json();

    /// <summary>Over 30 dB, something on integers, and no scale in the file that is not a normal number.</summary>
    private void AssertSound(JsonElement report)
    {
        JsonElement output = Assert.Single(report.GetProperty("outputs").EnumerateArray()),
            sqnr = output.GetProperty("sqnrDb");
        // Beside a thousand million what integers do is nothing, on some processors to the last bit.
        if (sqnr.ValueKind == JsonValueKind.Null)
            Assert.False(output.GetProperty("allButZero").GetBoolean());
        else
            Assert.InRange(sqnr.GetDouble(), 30, 300);
        Assert.Contains(report.GetProperty("nodes").EnumerateArray(), node => node.GetProperty("decision").GetString() == "int8");
        using OnnxModel written = OnnxFile.Read(_workspace.PathOf("model.int8.onnx"));
        Assert.All(
            written
                .Graph.Initializers.Where(tensor => tensor.Type == ElementType.Float && tensor.Name.Contains("_scale"))
                .SelectMany(tensor => tensor.Values<float>().ToArray()),
            scale => Assert.True(float.IsNormal(scale) && scale > 0, $"{scale}")
        );
    }
}
