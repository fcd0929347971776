using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Reporting.Benches;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

public sealed class BenchRunTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_pair_of_threads_and_batch_is_measured_for_both_models()
    {
        string model = Model("a.onnx", Dimension.Unknown, new Dimension(8));

        BenchReport bench = Run(
            new BenchOptions
            {
                ModelPaths = [model, model],
                Threads = [1, 2],
                Batches = [1, 4],
            }
        );

        Assert.Equal([(1, 1), (1, 4), (2, 1), (2, 4)], bench.Cells.Select(cell => (cell.Threads, cell.Batch)));
        Assert.All(
            bench.Cells,
            cell =>
            {
                Assert.All(cell.Times, times => Assert.True(times.MinimumMs <= times.MedianMs && times.Runs >= 15));
                Assert.All(cell.Times, times => Assert.Equal(1000 * cell.Batch / times.MedianMs, times.SamplesPerSecond, 6));
                Assert.InRange(cell.Ratio!.Median, cell.Ratio.Low, cell.Ratio.High);
            }
        );
        Assert.Equal((2, "zeros"), (bench.Models.Count, bench.Inputs));
        Assert.Empty(bench.Notes);
        Assert.Empty(bench.Profiles);
    }

    [Fact]
    public void A_batch_multiplies_the_samples_that_are_fed()
    {
        string path = Model("a.onnx", Dimension.Unknown, new Dimension(8));
        using SourceModel model = SourceModel.Open(path);
        TensorValue sample = TensorValue.FromFloats([1, 8], [1, 2, 3, 4, 5, 6, 7, 8]);

        TensorValue batched = BenchInputs.Batched(model.Session, new Dictionary<string, TensorValue> { ["x"] = sample }, 3)["x"];

        Assert.Equal([3L, 8], batched.Shape);
        Assert.Equal(sample.Data.ToArray(), batched.Data[^32..].ToArray());
    }

    [Fact]
    public void Shapes_beside_data_are_refused_before_the_data_are_opened()
    {
        BenchOptions options = new()
        {
            ModelPaths = [Model("a.onnx", new Dimension(1), new Dimension(8))],
            DataPaths = ["no such data"],
            Shapes = new Dictionary<string, IReadOnlyList<long>> { ["x"] = [1, 8] },
        };

        UsageException refusal = Assert.Throws<UsageException>(() => Run(options));

        Assert.StartsWith("Options '--shape' and '--data' contradict each other", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fixed_batch_is_measured_alone_and_the_others_are_told(int size)
    {
        string model = Model("a.onnx", new Dimension(size), new Dimension(8));

        BenchReport bench = Run(new BenchOptions { ModelPaths = [model], Batches = [1, 2, 8] });

        Assert.Equal(size, Assert.Single(bench.Cells).Batch);
        Assert.Null(bench.Cells[0].Ratio);
        Assert.Contains($"takes exactly {size} at once: batch {(size == 1 ? "2, 8" : "1, 8")} was left out", Assert.Single(bench.Notes));
    }

    /// <summary>One picture without a batch, and a sound: their first axis counts no samples.</summary>
    [Theory]
    [InlineData(3, 32, 32)]
    [InlineData(32)]
    public void A_first_axis_that_is_no_batch_multiplies_nothing(params int[] shape)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [.. shape.Select(size => new Dimension(size))])
            .Node("Exp", ["x"], ["y"])
            .Output("y")
            .Build();
        OnnxFile.Write(model, _folder.File("a.onnx"));

        BenchReport bench = Run(new BenchOptions { ModelPaths = [_folder.File("a.onnx")], Batches = [1, 8] });

        BenchCell cell = Assert.Single(bench.Cells);
        Assert.Equal(1, cell.Batch);
        Assert.Equal(1000 / cell.Times[0].MedianMs, cell.Times[0].SamplesPerSecond, 6);
        Assert.Contains("takes exactly 1 at once: batch 8 was left out", Assert.Single(bench.Notes));
    }

    [Fact]
    public void Open_sizes_are_asked_for_by_name_and_may_be_given()
    {
        string model = Model("a.onnx", new Dimension(null, "N"), new Dimension(null, "length"));

        string question = Assert.Throws<UsageException>(() => Run(new BenchOptions { ModelPaths = [model] })).Message;
        BenchReport bench = Run(
            new BenchOptions
            {
                ModelPaths = [model],
                Shapes = new Dictionary<string, IReadOnlyList<long>> { ["x"] = [1, 16] },
            }
        );

        Assert.Equal("Input 'x' [N, length] leaves open 'length'. Give sizes with --shape x=1,N, or data with --data.", question);
        Assert.Single(bench.Cells);
    }

    [Fact]
    public void A_shape_of_no_input_is_refused()
    {
        string model = Model("a.onnx", Dimension.Unknown, new Dimension(8));
        Dictionary<string, IReadOnlyList<long>> shapes = new() { ["y"] = [1] };

        Assert.Contains(
            "names 'y'; inputs of",
            Assert.Throws<UsageException>(() => Run(new BenchOptions { ModelPaths = [model], Shapes = shapes })).Message
        );
    }

    [Fact]
    public void Data_feed_their_first_sample()
    {
        string model = Model("a.onnx", Dimension.Unknown, new Dimension(null, "length"));
        _folder.Write(
            "x.npz",
            DataFiles.Npz(
                "x",
                [1, 4],
                [
                    [1, 2, 3, 4],
                ]
            )
        );

        BenchReport bench = Run(new BenchOptions { ModelPaths = [model], DataPaths = [_folder.File("x.npz")] });

        Assert.Equal($"the first sample of {_folder.File("x.npz")}", bench.Inputs);
    }

    [Fact]
    public void The_profile_tells_the_operators_that_run()
    {
        string model = Model("a.onnx", Dimension.Unknown, new Dimension(8));

        BenchReport bench = Run(new BenchOptions { ModelPaths = [model], HasProfile = true });

        BenchProfile profile = Assert.Single(bench.Profiles);
        Assert.Equal(["Erf", "Exp"], profile.Kernels.Select(kernel => kernel.Operator).Order(StringComparer.Ordinal));
        Assert.All(profile.Kernels, kernel => Assert.Equal(1, kernel.Nodes));
        Assert.Equal(100, profile.Kernels.Sum(kernel => kernel.Percent), 6);
    }

    private static BenchReport Run(BenchOptions options) => QuantizationPipeline.Bench(options with { Time = Short });

    private string Model(string name, Dimension batch, Dimension length)
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 8])
            .Node("Exp", ["x"], ["e"])
            .Node("Erf", ["e"], ["y"])
            .Output("y", [1, 8])
            .Build();
        model.Graph.Inputs[0] = new ValueInfo("x", ElementType.Float, [batch, length]);
        model.Graph.Outputs[0] = new ValueInfo("y", ElementType.Float, [batch, length]);
        string path = _folder.File(name);
        OnnxFile.Write(model, path);
        return path;
    }
}
