using Quantizer.Execution;
using Quantizer.Execution.Observation;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class ObserverOperatorTests
{
    [Fact]
    public void Tensors_are_shown_as_they_are_made_and_passed_on_unchanged()
    {
        using InferenceModel model = Observed();
        using BoundRun run = new(model, Input([-1f, 2f, -3f]), ["y"]);
        List<string> seen = [];

        ObserverOperator.Run(
            (index, shape, values) => seen.Add($"{index} [{string.Join(',', shape.ToArray())}] {string.Join(' ', values.ToArray())}"),
            () => run.Run()
        );

        Assert.Equal(["7 [1,3] -1 2 -3", "8 [1,3] 0 2 0"], seen);
        run.Visit((_, _, _, data) => Assert.Equal([0f, -2f, 0f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data)));
    }

    [Fact]
    public void An_observers_exception_ends_the_run_and_is_thrown_as_it_was()
    {
        using InferenceModel model = Observed();
        using BoundRun run = new(model, Input([1f, 2f, 3f]), ["y"]);
        int calls = 0;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            ObserverOperator.Run(
                (_, _, _) =>
                {
                    calls++;
                    throw new InvalidDataException("seen enough");
                },
                () => run.Run()
            )
        );

        Assert.Equal(("seen enough", 1), (error.Message, calls));
        run.Run();
    }

    [Fact]
    public void A_tensor_of_many_dimensions_is_shown_with_all_of_them()
    {
        long[] shape = [1, 2, 1, 1, 3, 1, 1, 1, 2, 1];
        OnnxModel model = new GraphBuilder()
            .Input("x", [.. shape])
            .Node(ObserverOperator.Node(1, "x", "seen"))
            .Node("Neg", ["seen"], ["y"])
            .Output("y")
            .Build();
        model.OperatorSets.Add(ObserverOperator.OperatorSet);
        using InferenceModel session = InferenceModel.Load(model, new ExecutionOptions { Level = OptimizationLevel.None, Observes = true });
        using BoundRun run = new(
            session,
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(shape, new float[12]) },
            ["y"]
        );
        long[] seen = [];

        ObserverOperator.Run((_, dimensions, _) => seen = dimensions.ToArray(), () => run.Run());

        Assert.Equal(shape, seen);
    }

    [Fact]
    public void A_run_cancelled_between_two_nodes_stops_and_the_next_one_works()
    {
        using InferenceModel model = Observed();
        using BoundRun run = new(model, Input([1f, 2f, 3f]), ["y"]);
        using CancellationTokenSource cancellation = new();
        List<int> seen = [];

        Assert.Throws<OperationCanceledException>(() =>
            ObserverOperator.Run(
                (index, _, _) =>
                {
                    seen.Add(index);
                    cancellation.Cancel();
                },
                () => run.Run(cancellation.Token)
            )
        );
        ObserverOperator.Run((index, _, _) => seen.Add(index), () => run.Run());

        Assert.Equal([7, 7, 8], seen);
    }

    [Fact]
    public async Task Every_thread_sees_its_own_run()
    {
        using InferenceModel model = Observed();
        float[][] seen = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(value =>
                    Task.Run(() =>
                    {
                        using BoundRun run = new(model, Input([value, value, value]), ["y"]);
                        List<float> values = [];
                        for (int i = 0; i < 50; i++)
                            ObserverOperator.Run((_, _, data) => values.Add(data[0]), () => run.Run());
                        return values.Distinct().ToArray();
                    })
                )
        );

        Assert.Equal(Enumerable.Range(1, 8).Select(value => new[] { (float)value }), seen);
    }

    private static Dictionary<string, TensorValue> Input(float[] values) =>
        new()
        {
            ["x"] = new TensorValue(
                ElementType.Float,
                [1, values.Length],
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray()
            ),
        };

    /// <summary>x -> observed as 7 -> Relu -> observed as 8 -> Neg -> y.</summary>
    private static InferenceModel Observed()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 3])
            .Node("Relu", ["seen"], ["relu"])
            .Node("Neg", ["seen_relu"], ["y"])
            .Output("y")
            .Build();
        model.Graph.Nodes.Insert(0, ObserverOperator.Node(7, "x", "seen"));
        model.Graph.Nodes.Insert(2, ObserverOperator.Node(8, "relu", "seen_relu"));
        model.OperatorSets.Add(ObserverOperator.OperatorSet);
        return InferenceModel.Load(model, new ExecutionOptions { Level = OptimizationLevel.None, Observes = true });
    }
}
