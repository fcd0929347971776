using Quantizer.Graphs;
using Quantizer.Normalization;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Folding;

public sealed class ExplicitAxesTests
{
    [Fact]
    public void A_Pad_of_named_axes_becomes_one_of_all_axes()
    {
        OnnxModel source = Start(["n", 2, 8, 8])
            .Constant("pads", [4], [1L, 0L, 2L, 3L])
            .Constant("axes", [2], [-1L, 2L])
            .Node("Pad", ["x", "pads", "", "axes"], ["y"], NodeAttribute.Of("mode", "reflect"))
            .Output("y")
            .Build();

        NormalizedModel normalized = Of(source);

        Node pad = Assert.Single(normalized.Graph.Nodes);
        Assert.Equal([0L, 0, 0, 1, 0, 0, 3, 2], ConstantOf(normalized, pad.Inputs[1]).Values<long>().ToArray());
        Assert.Equal(3, pad.Inputs.Count);
        Equivalence.Assert(source, normalized.Model);
    }

    [Fact]
    public void Scales_of_named_axes_become_scales_of_all_axes()
    {
        OnnxModel source = Start(["n", 2, 8, 8])
            .Constant("scales", [2], [2f, 3f])
            .Node("Resize", ["x", "", "scales"], ["y"], NodeAttribute.Of("axes", [3L, 2L]), NodeAttribute.Of("mode", "linear"))
            .Output("y")
            .Build();

        NormalizedModel normalized = Of(source);

        Node resize = Assert.Single(normalized.Graph.Nodes);
        Assert.Null(resize.Attribute("axes"));
        Assert.Equal([1f, 1f, 3f, 2f], ConstantOf(normalized, resize.Inputs[2]).Values<float>().ToArray());
        Equivalence.Assert(source, normalized.Model);
    }

    [Fact]
    public void Sizes_of_named_axes_become_sizes_of_all_axes_where_the_others_are_known()
    {
        OnnxModel Source(Dimension batch) =>
            Start([batch, 2, 8, 8])
                .Constant("sizes", [2], [16L, 12L])
                .Node("Resize", ["x", "", "", "sizes"], ["y"], NodeAttribute.Of("axes", [-2L, -1L]))
                .Output("y")
                .Build();

        NormalizedModel known = Of(Source(1)),
            open = Of(Source("n"));

        Assert.Equal([1L, 2, 16, 12], ConstantOf(known, known.Graph.Nodes[0].Inputs[3]).Values<long>().ToArray());
        Equivalence.Assert(Source(1), known.Model);
        Assert.NotNull(open.Graph.Nodes[0].Attribute("axes"));
    }

    [Fact]
    public void A_kept_aspect_ratio_is_of_the_named_axes_so_they_stay_named()
    {
        NormalizedModel normalized = Of(
            Start([1, 2, 8, 8])
                .Constant("sizes", [2], [16L, 12L])
                .Node(
                    "Resize",
                    ["x", "", "", "sizes"],
                    ["y"],
                    NodeAttribute.Of("axes", [2L, 3L]),
                    NodeAttribute.Of("keep_aspect_ratio_policy", "not_larger")
                )
                .Output("y")
                .Build()
        );

        Assert.NotNull(Assert.Single(normalized.Graph.Nodes).Attribute("axes"));
    }

    private static GraphBuilder Start(IReadOnlyList<Dimension> shape) => new GraphBuilder(opset: 18).Input("x", shape);

    private static Tensor ConstantOf(NormalizedModel model, string name) => model.Graph.Initializers.Single(tensor => tensor.Name == name);
}
