using Quantizer.Confirmation;
using Quantizer.Core.Tests.Comparison;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Confirmation;

public class OutputReferenceTests
{
    [Fact]
    public void The_error_is_the_one_computed_by_hand()
    {
        OutputReference reference = Record(Model(), new LabelledSamples(([3f, -4f], null), ([0f, 5f], null)));

        // y = 2 x: signal 4 * 50, error 50.
        Assert.Equal(10 * Math.Log10(50.0 * 4 / 50), reference.SqnrDb(Model(factor: 1f)), 1e-12);
        Assert.Equal(2, reference.Count);
    }

    [Fact]
    public void The_mean_is_taken_over_the_outputs()
    {
        GraphBuilder Two(float a, float b) => new GraphBuilder().Input("x", [1, 2])
            .Constant("a", [], [a]).Constant("b", [], [b]).Node("Mul", ["x", "a"], ["y"]).Node("Mul", ["x", "b"], ["z"]).Output("y").Output("z");
        OutputReference reference = Record(Two(1f, 1f).Build(), new LabelledSamples(([3f, -4f], null)));

        Assert.Equal((20 + 40) / 2.0, reference.SqnrDb(Two(1.1f, 0.99f).Build()), 1e-4);
    }

    [Fact]
    public void An_output_that_no_plan_touches_does_not_hide_the_others()
    {
        GraphBuilder Two(float a) => new GraphBuilder().Input("x", [1, 2])
            .Constant("a", [], [a]).Node("Mul", ["x", "a"], ["y"]).Node("Neg", ["x"], ["z"]).Output("y").Output("z");
        OutputReference reference = Record(Two(1f).Build(), new LabelledSamples(([3f, -4f], null)));

        double good = reference.SqnrDb(Two(1.01f).Build()), bad = reference.SqnrDb(Two(1.1f).Build());

        Assert.True(double.IsFinite(good) && double.IsFinite(bad) && good > bad + 5);
        Assert.True(reference.SqnrDb(Two(1f).Build()) > good);
    }

    [Fact]
    public void Neither_the_order_of_the_samples_nor_the_number_of_workers_shows()
    {
        // More than are kept, so that which of them are chosen would show.
        (float[]?, int?)[] rows = [.. Enumerable.Range(0, 200).Select(i => ((float[]?)SmallNetworks.Values(2, i), (int?)null))];
        OnnxModel other = Model(offset: 0.3f);

        OutputReference reference = Record(Model(), new LabelledSamples(rows));
        double expected = reference.SqnrDb(other);

        Assert.Equal(128, reference.Count);
        Assert.Equal(expected, Record(Model(), new LabelledSamples([.. rows.Reverse()])).SqnrDb(other));
        Assert.Equal(expected, Record(Model(), new LabelledSamples([.. rows.OrderBy(row => row.Item1![0])]), workers: 4).SqnrDb(other));
        // The first 128 in the data's order are others.
        Assert.NotEqual(expected, Record(Model(), new LabelledSamples(rows[..128])).SqnrDb(other));
    }

    [Fact]
    public void A_network_that_gives_class_numbers_only_is_judged_by_them()
    {
        OnnxModel Classes(float factor) => new GraphBuilder().Input("x", [1, 2]).Constant("c", [2], [1f, factor]).Node("Mul", ["x", "c"], ["scores"])
            .Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1L)).Output("class", type: ElementType.Int64).Build();
        OutputReference reference = Record(Classes(1f), new LabelledSamples(([1f, 2f], null), ([2f, 3f], null), ([5f, 1f], null)));

        Assert.True(reference.SqnrDb(Classes(0.9f)) > reference.SqnrDb(Classes(0.6f)));
        Assert.True(reference.SqnrDb(Classes(0.6f)) > reference.SqnrDb(Classes(0.1f)));
    }

    private static OutputReference Record(OnnxModel model, LabelledSamples samples, int workers = 1)
    {
        SampleKeeper keeper = new();
        for (int i = 0; i < samples.Count; i++) keeper.Offer(i, samples.Load(i));
        return OutputReference.Record(model, keeper.Kept, workers, CancellationToken.None);
    }

    /// <summary>y = factor * x + offset</summary>
    private static OnnxModel Model(float factor = 2f, float offset = 0f) => new GraphBuilder().Input("x", [1, 2])
        .Constant("factor", [], [factor]).Constant("offset", [], [offset]).Node("Mul", ["x", "factor"], ["product"]).Node("Add", ["product", "offset"], ["y"]).Output("y").Build();
}
