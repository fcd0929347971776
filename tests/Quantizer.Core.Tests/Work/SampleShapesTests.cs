using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Work;

public class SampleShapesTests
{
    private const int Width = 8,
        Filters = 4;

    [Fact]
    public void Open_sizes_are_unknown_without_a_sample_and_the_samples_with_one()
    {
        OnnxModel model = Sentence();

        WorkCount declared = Count(model, sample: null),
            counted = Count(model, Sample(1, 13, Width));

        Assert.Equal(["MatMul_h", "MatMul_y"], declared.Unknown);
        Assert.False(declared.IsComplete);
        Assert.Equal(0, declared.AtLeast);
        Assert.True(counted.IsComplete);
        Assert.Equal((13 * Width * Filters) + (13 * 13 * Filters), counted.AtLeast);
    }

    [Fact]
    public void A_first_axis_that_is_a_length_is_not_taken_for_a_batch()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", ["length", Width])
            .Constant("w", [Width, Filters], SmallNetworks.Values(Width * Filters, seed: 1))
            .Node("MatMul", ["x", "w"], ["y"])
            .Output("y")
            .Build();

        Assert.Equal(21 * Width * Filters, Count(model, Sample(21, Width)).AtLeast);
    }

    [Fact]
    public void Sizes_that_depend_on_data_are_those_of_the_run()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [6, Width])
            .Constant("zero", [], [0f])
            .Constant("w", [Filters, 6], SmallNetworks.Values(Filters * 6, seed: 1))
            .Constant("ones", [2, Filters], SmallNetworks.Values(2 * Filters, seed: 1))
            .Node("Greater", ["x", "zero"], ["positive"])
            .Node("NonZero", ["positive"], ["where"])
            .Node("Cast", ["where"], ["places"], NodeAttribute.Of("to", 1L))
            .Node("Transpose", ["places"], ["list"])
            .Node("MatMul", ["list", "ones"], ["y"])
            .Output("y")
            .Build();
        IReadOnlyDictionary<string, TensorValue> sample = Sample(6, Width);

        Assert.Equal(sample["x"].Floats.ToArray().Count(value => value > 0) * 2 * Filters, Count(model, sample).AtLeast);
    }

    [Fact]
    public void A_sample_that_the_model_does_not_take_leaves_sizes_unknown()
    {
        Assert.Equal(["MatMul_h", "MatMul_y"], Count(Sentence(), Sample(1, 13, Width + 1)).Unknown);
    }

    private static WorkCount Count(OnnxModel model, IReadOnlyDictionary<string, TensorValue>? sample) =>
        WorkCount.Of(model.Graph, SampleShapes.Of(model, TensorShapes.OfBatch(model), sample));

    /// <summary>A layer and the similarity of every word with every other.</summary>
    private static OnnxModel Sentence() =>
        new GraphBuilder()
            .Input("x", ["batch", "length", Width])
            .Constant("w", [Width, Filters], SmallNetworks.Values(Width * Filters, seed: 1))
            .Node("MatMul", ["x", "w"], ["h"])
            .Node("Transpose", ["h"], ["t"], NodeAttribute.Of("perm", [0L, 2, 1]))
            .Node("MatMul", ["h", "t"], ["y"])
            .Output("y")
            .Build();

    private static IReadOnlyDictionary<string, TensorValue> Sample(params long[] shape) =>
        new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.FromFloats(
                shape,
                SmallNetworks.Values((int)shape.Aggregate(1L, (product, size) => product * size), seed: 3)
            ),
        };
}
