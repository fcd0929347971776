using Quantizer.Core.Tests.Execution;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Equalization;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Plans;

/// <summary>Scales of channels reach the file and the report, where they are asked for and help.</summary>
public sealed class ChannelScalingTests : IDisposable
{
    private const int Count = 24,
        Channels = 16;

    private static readonly long[] Shape = [Channels, 8, 8];

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public ChannelScalingTests() =>
        _data = _folder.Write(
            "x.npz",
            DataFiles.Npz("x", Shape, [.. Enumerable.Range(0, Count).Select(i => SmallNetworks.Values(Channels * 64, seed: 40 + i))])
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Channels_of_unequal_size_lose_no_more_than_equal_ones()
    {
        QuantizationReport off = Quantize(Unequal(), options => options with { ChannelScaling = ChannelScaling.Off, KeepsFloor = false });
        HeardProgress heard = new();
        QuantizationReport scaled = Quantize(Unequal(), heard: heard);
        QuantizationReport equal = Quantize(Equal());

        Assert.Null(off.ChannelScales);
        Assert.InRange(off.Outputs[0].SqnrDb!.Value, 0, 25);
        Assert.InRange(scaled.Outputs[0].SqnrDb!.Value, equal.Outputs[0].SqnrDb!.Value - 2, 100);
        // What is decided between selected plans is decided before one of them is refined.
        string[] steps = [.. heard.Stages.Select(stage => stage.Name).Where(name => name is "Searching plans" or "Refining the plan")];
        Assert.Equal(["Searching plans", "Searching plans", "Refining the plan"], steps);
        Assert.Equal(["r"], scaled.ChannelScales!.Tensors);
        TriedReport tried = Assert.Single(scaled.Tried, tried => tried.Choice == "channel scales");
        Assert.StartsWith("channels of 1 tensor, ranges by ", tried.Candidate);
        Assert.Equal((scaled.ChannelScales.WithoutDb, scaled.ChannelScales.WithDb, true), (tried.BeforeDb, tried.SqnrDb, tried.Taken));
        Assert.InRange(scaled.ChannelScales.HeldOutGainDb, 8, 100);
        Assert.InRange(scaled.ChannelScales.WithDb!.Value - scaled.ChannelScales.WithoutDb!.Value, 8, 100);
        Assert.Contains(scaled.Findings, finding => finding.Subject == "channels" && finding.Message.Contains("1 tensor has"));
    }

    /// <summary>Multiplications would gain half a decibel there, for a seventh of the time.</summary>
    [SharedFolderFact]
    public void Convolutions_get_no_multiplications_for_half_a_decibel()
    {
        string output = _folder.File("oww.onnx");
        QuantizationPipeline.Quantize(
            new()
            {
                ModelPath = SharedFolder.Model("oww-embedding.onnx"),
                CalibrationPaths = [SharedFolder.Data("audio/embedding-calib.npz")],
                EvaluationSamples = 16,
                OutputPath = output,
            }
        );

        Assert.DoesNotContain(OnnxFile.Read(output).Graph.Nodes, node => node.Is("Mul"));
    }

    [Fact]
    public void A_network_that_does_not_gain_is_written_as_without()
    {
        byte[] off = Written(Equal(), options => options with { ChannelScaling = ChannelScaling.Off });

        Assert.Equal(off, Written(Equal()));
    }

    [Fact]
    public void A_named_method_scales_only_when_asked()
    {
        byte[] off = Written(Unequal(), options => options with { Method = RangeMethod.MinMax, ChannelScaling = ChannelScaling.Off }),
            plain = Written(Unequal(), options => options with { Method = RangeMethod.MinMax });
        QuantizationReport asked = Quantize(
            Unequal(),
            options => options with { Method = RangeMethod.MinMax, ChannelScaling = ChannelScaling.On }
        );

        Assert.Equal(off, plain);
        Assert.NotNull(asked.ChannelScales);
    }

    [Fact]
    public void Neither_threads_nor_batches_show()
    {
        byte[] expected = Written(Unequal(), options => options with { Threads = 1 });

        Assert.Equal(expected, Written(Unequal(), options => options with { Threads = 2, BatchSize = 3 }));
    }

    /// <summary>Twelve linear layers of a transformer read what a normalization made that is added to, too.</summary>
    [Fact]
    public void A_multiplication_scales_what_nothing_else_can()
    {
        QuantizationReport off = Quantize(Normalized(), options => options with { ChannelScaling = ChannelScaling.Off });
        QuantizationReport scaled = Quantize(Normalized());

        Assert.NotNull(scaled.ChannelScales);
        Assert.Contains(scaled.Nodes, node => node is { OpType: "Mul", Decision: NodeDecision.Float });
        // The nodes that only the scaled network has are counted, too.
        Assert.NotNull(off.Integer.PercentInteger);
        Assert.NotNull(scaled.Integer.PercentInteger);
        Assert.InRange(scaled.Outputs[0].SqnrDb!.Value, off.Outputs[0].SqnrDb!.Value + 3, 100);
    }

    [SharedFolderFact]
    public void A_network_with_dead_channels_keeps_its_answers()
    {
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = SharedFolder.Model("repvgg-cifar10.onnx"),
                CalibrationPaths = [SharedFolder.Data("cifar10-calib")],
                EvaluationPaths = [SharedFolder.Data("cifar10-val")],
                OutputPath = _folder.File("out.onnx"),
                Samples = 128,
                EvaluationSamples = 400,
            }
        );

        // 15.8 dB and 94.3 % without scales.
        Assert.InRange(report.Outputs[0].SqnrDb!.Value, 24, 100);
        Assert.InRange(report.Task!.Headline.Between!.Value, 96.5, 100);
    }

    private static OnnxModel Equal() => Network(_ => 1f);

    /// <summary>The same function, with channels between both layers of up to 128 times the size of others.</summary>
    private static OnnxModel Unequal() => Network(channel => MathF.ScaleB(1f, -(channel % 8)));

    private static OnnxModel Network(Func<int, float> size)
    {
        OnnxModel model = Pictures()
            .Conv("a", "x", Channels, 32)
            .Node("Relu", ["a"], ["r"])
            .Conv("y", "r", 32, Channels)
            .Output("y")
            .Build();
        Scale(model, "a_w", (index, value) => value * size(index / (Channels * 9)));
        Scale(model, "a_b", (index, value) => value * size(index));
        Scale(model, "y_w", (index, value) => value / size(index / 9 % 32));
        return model;
    }

    /// <summary>A normalization with a few channels of great size, which is added to, between linear layers.</summary>
    private static OnnxModel Normalized()
    {
        float[] gamma = [.. Enumerable.Range(0, 128).Select(channel => channel % 32 == 5 ? 40f : 1f)];
        GraphBuilder builder = new GraphBuilder()
            .Input("x", ["batch", Channels, 8, 8])
            .Constant("rows", [3], new long[] { 0, 8, 128 })
            .Node("Reshape", ["x", "rows"], ["tokens"])
            .Constant("gamma", [128], gamma)
            .Constant("beta", [128], new float[128])
            .Node("LayerNormalization", ["tokens", "gamma", "beta"], ["n"])
            .MatMul("m", "n", 128, 256)
            .Node("Tanh", ["m"], ["h"])
            .MatMul("o", "h", 256, 128)
            .Node("Add", ["o", "n"], ["s"])
            .Node("LayerNormalization", ["s", "gamma", "beta"], ["y"])
            .Output("y");
        OnnxModel model = builder.Build();
        // What is large at the normalization matters no more than the rest.
        Scale(model, "m_w", (index, value) => value / gamma[index / 256]);
        return model;
    }

    private static GraphBuilder Pictures() => new GraphBuilder().Input("x", ["batch", Channels, 8, 8]);

    private static void Scale(OnnxModel model, string constant, Func<int, float, float> scaled)
    {
        int at = model.Graph.Initializers.FindIndex(tensor => tensor.Name == constant);
        Tensor tensor = model.Graph.Initializers[at];
        model.Graph.Initializers[at] = Tensor.FromFloats(
            constant,
            tensor.Dimensions,
            [.. tensor.Values<float>().ToArray().Select((value, index) => scaled(index, value))]
        );
    }

    private byte[] Written(OnnxModel model, Func<QuantizationOptions, QuantizationOptions>? change = null)
    {
        Quantize(model, change);
        return File.ReadAllBytes(_folder.File("int8.onnx"));
    }

    private QuantizationReport Quantize(
        OnnxModel model,
        Func<QuantizationOptions, QuantizationOptions>? change = null,
        HeardProgress? heard = null
    )
    {
        OnnxFile.Write(model, _folder.File("model.onnx"));
        QuantizationOptions options = new()
        {
            ModelPath = _folder.File("model.onnx"),
            CalibrationPaths = [_data],
            OutputPath = _folder.File("int8.onnx"),
        };
        return QuantizationPipeline.Quantize(change?.Invoke(options) ?? options, heard);
    }
}
