using Quantizer.Core.Tests.Execution;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Inspections;

public sealed class ModelInspectorTests : IDisposable
{
    private const int Length = 16,
        Width = 64,
        Filters = 128;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shapes-mobilenet.onnx")]
    [InlineData("shapes-resnet.onnx")]
    public void The_expected_file_is_as_large_as_the_one_that_is_written(string name)
    {
        using BundledRun run = new(options =>
            options with
            {
                ModelPath = Sample(name),
                Activations = ActivationMode.Static,
                BiasCorrection = BiasCorrectionMode.Off,
                ChannelScaling = ChannelScaling.Off,
                SlowIntegers = SlowIntegers.Kept,
                KeepsFloor = false,
            }
        );

        ModelInspection inspection = QuantizationPipeline.Inspect(Sample(name));

        Assert.InRange(inspection.Expected!.FileBytes, run.Report.Size.Int8Bytes * 0.99, run.Report.Size.Int8Bytes * 1.01);
        Assert.Equal(run.Report.Size.Fp32Bytes, inspection.FileBytes);
        Assert.InRange(inspection.Expected.WeightBytes, inspection.FileBytes * 0.95, inspection.FileBytes);
        Assert.InRange(inspection.Expected.Int8WeightBytes, 1, inspection.Expected.FileBytes);
    }

    [Fact]
    public void A_node_tells_its_work_and_its_weights_now_and_then()
    {
        ModelInspection inspection = QuantizationPipeline.Inspect(Convolution());

        NodeCost cost = inspection.Costs.Single(cost => cost.Name == "Conv_conv");
        const int weights = Filters * Width * 9;
        Assert.Equal(NodeDecision.Int8, inspection.Nodes.Single(node => node.Name == "Conv_conv").Decision);
        Assert.Equal((long)weights * Length * Length, cost.Macs);
        Assert.Equal((weights + Filters) * sizeof(float), cost.WeightBytes);
        // Bytes, a scale and a zero point for each filter, and biases of int32.
        Assert.Equal(weights + (Filters * (sizeof(float) + 1)) + (Filters * sizeof(int)), cost.Int8WeightBytes);
        Assert.Equal(inspection.Nodes.Select(node => node.Name), inspection.Costs.Select(node => node.Name));
        Assert.Equal(new Dictionary<string, long> { ["Conv"] = cost.Macs!.Value * 3 }, inspection.OperatorMacs);
    }

    [Fact]
    public void Activations_are_counted_by_their_declared_shapes()
    {
        ModelInspection inspection = QuantizationPipeline.Inspect(Convolution());

        // The input stays; at the second convolution the first one's result and its own are there.
        const long expected = (Width + Filters + Filters) * Length * Length * sizeof(float);
        Assert.Equal((expected, ""), (inspection.Activations!.Bytes, inspection.Activations.Unknown));
        Assert.Null(inspection.Latency);
    }

    [Fact]
    public void Open_sizes_leave_memory_and_work_unknown_until_a_shape_is_given()
    {
        string model = Sentence();
        Dictionary<string, IReadOnlyList<long>> shapes = new() { ["x"] = [1, 10, Width] };

        ModelInspection open = QuantizationPipeline.Inspect(model),
            given = QuantizationPipeline.Inspect(new InspectOptions { ModelPath = model, Shapes = shapes });

        Assert.Null(open.Activations!.Bytes);
        Assert.Equal("Input 'x' [batch, length, 64] leaves open 'length'. Give sizes with --shape x=1,N,64.", open.Activations.Unknown);
        Assert.Null(open.Macs);
        Assert.Equal(10 * Width * Filters, given.Macs);
        Assert.Equal(10 * (Width + Filters) * sizeof(float), given.Activations!.Bytes);
        Assert.Equal(shapes, given.Shapes);
    }

    [Fact]
    public void A_body_keeps_memory_unknown_and_nothing_to_quantize_has_no_expected_file()
    {
        Graph body = new GraphBuilder().Node("Exp", ["a"], ["inner"]).Output("inner").BuildGraph();
        string model = Write(
            new GraphBuilder()
                .Input("x", [1, 4])
                .Input("c", [], ElementType.Bool)
                .Node("Relu", ["x"], ["a"])
                .Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", body), NodeAttribute.Of("else_branch", body))
        );

        ModelInspection inspection = QuantizationPipeline.Inspect(model);

        Assert.Equal("Node 'If_y' has a body of its own, whose tensors are not counted.", inspection.Activations!.Unknown);
        Assert.Null(inspection.Expected);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Dictionary<string, IReadOnlyList<long>> shapes = new() { ["y"] = [1] };

        UsageException error = Assert.Throws<UsageException>(() =>
            QuantizationPipeline.Inspect(new InspectOptions { ModelPath = Sentence(), Shapes = shapes })
        );

        Assert.Contains("names 'y'; inputs of", error.Message);
    }

    [Fact]
    public void Measuring_needs_all_sizes()
    {
        InspectOptions options = new() { ModelPath = Sentence(), MeasureTime = TimeSpan.FromMilliseconds(5) };

        Assert.EndsWith(
            "Give sizes with --shape x=1,N,64.",
            Assert.Throws<UsageException>(() => QuantizationPipeline.Inspect(options)).Message
        );
    }

    [Fact]
    public void Measuring_times_both_networks()
    {
        ModelInspection inspection = QuantizationPipeline.Inspect(
            new InspectOptions { ModelPath = Convolution(), MeasureTime = TimeSpan.FromMilliseconds(5) }
        );

        LatencyReport latency = inspection.Latency!;
        Assert.True(latency is { Threads: 1, Fp32Ms: > 0, Int8Ms: > 0 });
        Assert.Equal(latency.Fp32Ms / latency.Int8Ms, latency.Speedup, 6);
    }

    [Fact]
    public void A_model_that_is_quantized_already_has_nothing_expected_of_it()
    {
        using BundledRun run = new();

        ModelInspection inspection = QuantizationPipeline.Inspect(
            new InspectOptions { ModelPath = run.Options.OutputPath!, MeasureTime = TimeSpan.FromMilliseconds(5) }
        );

        Assert.True(inspection.IsQuantized);
        Assert.Equal((null, null, null), (inspection.Expected, inspection.Activations, inspection.Latency));
        Assert.Equal(inspection.Nodes.Select(node => node.Name), inspection.Costs.Select(node => node.Name));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_a_finding_and_no_failure()
    {
        float[] values = SmallNetworks.Values(Width * Filters, seed: 1);
        values[7] = float.NaN;
        string path = Write(
            new GraphBuilder().Input("x", [1, Width]).Constant("w", [Width, Filters], values).Node("MatMul", ["x", "w"], ["y"])
        );

        ModelInspection inspection = QuantizationPipeline.Inspect(path);

        Assert.Contains("holds NaN", Assert.Single(inspection.Findings).Message);
    }

    [Fact]
    public void A_report_never_replaces_the_model()
    {
        string model = Sentence(),
            page = _folder.File("page.html");
        File.CreateSymbolicLink(page, model);

        UsageException error = Assert.Throws<UsageException>(() =>
            QuantizationPipeline.Inspect(new InspectOptions { ModelPath = model, ReportPaths = [page] })
        );

        Assert.Contains("which this run reads and never changes", error.Message);
    }

    private static string Sample(string name) => Path.Combine(SharedFolder.Repository, "samples", name);

    private string Convolution() =>
        Write(
            new GraphBuilder()
                .Input("x", ["batch", Width, Length, Length])
                .Constant("w", [Filters, Width, 3, 3], SmallNetworks.Values(Filters * Width * 9, seed: 1))
                .Constant("b", [Filters], SmallNetworks.Values(Filters, seed: 2))
                .Constant("v", [Filters, Filters, 3, 3], SmallNetworks.Values(Filters * Filters * 9, seed: 3))
                .Node("Conv", ["x", "w", "b"], ["conv"], NodeAttribute.Of("pads", [1L, 1, 1, 1]))
                .Node("Conv", ["conv", "v"], ["y"], NodeAttribute.Of("pads", [1L, 1, 1, 1]))
        );

    private string Sentence() =>
        Write(
            new GraphBuilder()
                .Input("x", ["batch", "length", Width])
                .Constant("w", [Width, Filters], SmallNetworks.Values(Width * Filters, seed: 1))
                .Node("MatMul", ["x", "w"], ["y"])
        );

    private string Write(GraphBuilder graph)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.onnx");
        OnnxFile.Write(graph.Output("y").Build(), path);
        return path;
    }
}
