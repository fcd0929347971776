using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public sealed class FixedBatchTests
{
    [Fact]
    public void A_single_sample_gets_its_own_row_of_the_outputs()
    {
        using InferenceModel model = InferenceModel.Load(Doubling([3, 2], [3, 2]));
        TensorValue sample = TensorValue.FromFloats([1, 2], [1, 2]),
            other = TensorValue.FromFloats([1, 2], [5, 6]);
        Dictionary<string, float[]> seen = [];

        TensorValue found = model.Run(new Dictionary<string, TensorValue> { ["x"] = sample })["y"];
        using (BoundRun run = new(model, new Dictionary<string, TensorValue> { ["x"] = sample }, ["y"]))
        {
            other.Data.Span.CopyTo(run.Input("x"));
            run.Run();
            run.Visit((name, type, shape, data) => seen[name] = OutputValues.Floats(new TensorValue(type, [.. shape], data.ToArray())));
        }

        Assert.Equal([1L, 2], found.Shape);
        Assert.Equal([2f, 4], found.Floats.ToArray());
        Assert.Equal([10f, 12], seen["y"]);
    }

    [Fact]
    public void Samples_go_into_one_run_as_many_as_it_takes()
    {
        using InferenceModel model = InferenceModel.Load(Doubling([3, 2], [3, 2]));
        IReadOnlyDictionary<string, TensorValue>[] samples =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(i => new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 2], [i, i + 0.5f]) }),
        ];

        IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> found = model.RunEach(samples, ["y"]);

        Assert.Equal(3, model.SamplesAtOnce(samples[0]));
        Assert.Equal(samples.Select(sample => 2 * sample["x"].Floats[0]), found.Select(result => result["y"].Floats[0]));
        Assert.Equal(samples.Select(sample => 2 * sample["x"].Floats[1]), found.Select(result => result["y"].Floats[1]));
        Assert.All(found, result => Assert.Equal([1L, 2], result["y"].Shape));
    }

    [Fact]
    public void A_whole_batch_is_run_as_it_is()
    {
        using InferenceModel model = InferenceModel.Load(Doubling([3, 2], [3, 2]));

        TensorValue found = model.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([3, 2], [1, 2, 3, 4, 5, 6]) })[
            "y"
        ];

        Assert.Equal([3L, 2], found.Shape);
        Assert.Equal([2f, 4, 6, 8, 10, 12], found.Floats.ToArray());
    }

    [Fact]
    public void Only_where_outputs_have_the_batch_in_front_too_are_single_samples_taken()
    {
        using InferenceModel batched = InferenceModel.Load(Doubling([3, 2], [3, 2]));
        using InferenceModel joined = InferenceModel.Load(
            new GraphBuilder().Input("x", [3, 2]).Node("Transpose", ["x"], ["y"]).Output("y", [2, 3]).Build()
        );

        Assert.Null(FixedBatch.SampleInputs(batched)[0].Shape![0].Size);
        Assert.Equal(3, FixedBatch.SampleInputs(joined)[0].Shape![0].Size);
    }

    [Theory]
    [InlineData(3, 64, 48)]
    [InlineData(64, 48, 3)]
    public void The_channels_of_one_picture_are_no_batch(int first, int second, int third)
    {
        using InferenceModel model = InferenceModel.Load(Doubling([first, second, third], [first, second, third]));

        Assert.Equal(first, FixedBatch.SampleInputs(model)[0].Shape![0].Size);
    }

    private static OnnxModel Doubling(IReadOnlyList<Dimension> input, IReadOnlyList<Dimension> output) =>
        new GraphBuilder().Input("x", input).Node("Add", ["x", "x"], ["y"]).Output("y", output).Build();
}
