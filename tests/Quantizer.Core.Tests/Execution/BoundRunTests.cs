using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class BoundRunTests
{
    [Fact]
    public void Every_run_gives_what_an_unbound_one_gives()
    {
        using InferenceModel model = InferenceModel.Load(SmallNetworks.ConvRelu());
        using BoundRun bound = new(model, Input(seed: 1), ["relu"]);

        for (int seed = 1; seed <= 3; seed++)
        {
            Input(seed)["x"].Data.Span.CopyTo(bound.Input("x"));
            bound.Run();

            Assert.Equal(model.Run(Input(seed))["relu"].Floats.ToArray(), Floats(bound)["relu"]);
        }
    }

    [Fact]
    public void Outputs_whose_shapes_depend_on_the_data_may_change()
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder()
                .Input("x", [4])
                .Input("keep", [4], ElementType.Bool)
                .Node("Compress", ["x", "keep"], ["kept"])
                .Node("Neg", ["kept"], ["y"])
                .Output("kept")
                .Output("y")
                .Build()
        );
        TensorValue x = TensorValue.FromFloats([4], [1f, 2f, 3f, 4f]);
        using BoundRun bound = new(
            model,
            new Dictionary<string, TensorValue> { ["x"] = x, ["keep"] = new(ElementType.Bool, [4], new byte[] { 1, 0, 1, 0 }) },
            ["y", "kept"]
        );

        bound.Run();
        Assert.Equal([-1f, -3f], Floats(bound)["y"]);
        new byte[] { 1, 1, 1, 0 }.CopyTo(bound.Input("keep"));
        bound.Run();
        Assert.Equal([-1f, -2f, -3f], Floats(bound)["y"]);
        new byte[] { 0, 0, 0, 0 }.CopyTo(bound.Input("keep"));
        bound.Run();
        Assert.Empty(Floats(bound)["y"]);
        new byte[] { 0, 1, 0, 0 }.CopyTo(bound.Input("keep"));
        bound.Run();
        Assert.Equal([2f], Floats(bound)["kept"]);
    }

    [Fact]
    public void A_failing_run_is_told_and_the_next_one_works()
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder()
                .Input("x", [4])
                .Input("shape", [1], ElementType.Int64)
                .Node("Reshape", ["x", "shape"], ["y"])
                .Output("y")
                .Build()
        );
        TensorValue four = new(ElementType.Int64, [1], MemoryMarshal.AsBytes<long>([4L]).ToArray());
        using BoundRun bound = new(
            model,
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([4], [1f, 2f, 3f, 4f]), ["shape"] = four },
            ["y"]
        );

        bound.Run();
        MemoryMarshal.AsBytes<long>([3L]).CopyTo(bound.Input("shape"));
        Assert.Contains("node 'Reshape_y' (Reshape)", Assert.Throws<QuantizationException>(() => bound.Run()).Message);
        four.Data.Span.CopyTo(bound.Input("shape"));
        bound.Run();

        Assert.Equal([1f, 2f, 3f, 4f], Floats(bound)["y"]);
    }

    [Fact]
    public void Several_threads_share_one_model()
    {
        using InferenceModel model = InferenceModel.Load(SmallNetworks.ConvRelu());
        float[][] expected = [.. Enumerable.Range(1, 4).Select(seed => model.Run(Input(seed))["relu"].Floats.ToArray())];

        Parallel.For(
            0,
            4,
            thread =>
            {
                using BoundRun bound = new(model, Input(thread + 1), ["relu"]);
                for (int i = 0; i < 50; i++)
                {
                    bound.Run();
                    Assert.Equal(expected[thread], Floats(bound)["relu"]);
                }
            }
        );
    }

    [Fact]
    public void A_cancelled_run_throws()
    {
        using InferenceModel model = InferenceModel.Load(SmallNetworks.ConvRelu());
        using BoundRun bound = new(model, Input(seed: 1), ["relu"]);

        Assert.Throws<OperationCanceledException>(() => bound.Run(new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => model.Run(Input(seed: 1), cancellation: new CancellationToken(canceled: true)));
    }

    private static Dictionary<string, TensorValue> Input(int seed) =>
        new() { ["x"] = TensorValue.FromFloats([1, 3, 8, 8], SmallNetworks.Values(192, seed)) };

    private static Dictionary<string, float[]> Floats(BoundRun run)
    {
        Dictionary<string, float[]> values = [];
        run.Visit((name, _, _, data) => values[name] = MemoryMarshal.Cast<byte, float>(data).ToArray());
        return values;
    }
}
