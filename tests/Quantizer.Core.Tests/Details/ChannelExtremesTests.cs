using Quantizer.Core.Tests.Search;
using Quantizer.Details;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting.Details;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Details;

public class ChannelExtremesTests
{
    [Fact]
    public void Each_channel_has_its_smallest_and_largest_value()
    {
        WeightRange range = ChannelExtremes.Of(Tensor.FromFloats("w", [2, 3], [1, -2, 3, -4, 5, -6]), "node", axis: 1);

        Assert.Equal(("w", "node", 1), (range.Name, range.Node, range.Axis));
        Assert.Equal([-4, -2, -6], range.Min);
        Assert.Equal([1, 5, 3], range.Max);
    }

    [Fact]
    public void One_scale_for_all_has_one_entry()
    {
        WeightRange range = ChannelExtremes.Of(Tensor.FromFloats("w", [2, 3], [1, -2, 3, -4, 5, -6]), "node", axis: -1);

        Assert.Equal((-6f, 5f), (Assert.Single(range.Min), Assert.Single(range.Max)));
    }

    [Fact]
    public void Neighbours_of_very_many_channels_share_an_entry()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => (float)i)];

        WeightRange range = ChannelExtremes.Of(Tensor.FromFloats("w", [10_000, 1], values), "node", axis: 0);

        // Three by three, so that there are no more than 4096.
        Assert.Equal(3334, range.Min.Count);
        Assert.Equal((3f, 5f), (range.Min[1], range.Max[1]));
        Assert.Equal((9999f, 9999f), (range.Min[^1], range.Max[^1]));
    }

    [Fact]
    public void The_weights_of_a_plan_and_those_of_its_file_are_the_same()
    {
        Study study = Study.LongTails;
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());

        IReadOnlyList<WeightRange> planned = ChannelExtremes.Of(study.Model.Graph, plan),
            found = ChannelExtremes.Of(study.Model.Graph, GraphRewriter.Rewrite(study.Model, plan).Graph);

        Assert.Equal(2, planned.Count);
        Assert.Equal(planned.Select(Text), found.Select(Text));

        static string Text(WeightRange range) =>
            $"{range.Name} {range.Node} {range.Axis} {string.Join(' ', range.Min)} {string.Join(' ', range.Max)}";
    }
}
