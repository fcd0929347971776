using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Correction;

public class LayerWavesTests
{
    private static readonly Study Network = Study.Of(
        new GraphBuilder()
            .Input("x", [1, 8, 8, 8])
            .Conv("stem", "x", 8, 16)
            .Clip("start", "stem", 0, 6)
            .Conv("left", "start", 16, 16)
            .Conv("right", "start", 16, 16)
            .Node("Relu", ["left"], ["leftover"])
            .Conv("lower", "leftover", 16, 16)
            .Node("Add", ["lower", "right"], ["y"])
            .Output("y")
            .Build()
    );

    [Fact]
    public void A_layer_waits_for_those_that_it_depends_on_and_for_no_other()
    {
        Assert.Equal(
            ["Conv_stem", "Conv_left Conv_right", "Conv_lower"],
            Waves(Network).Select(wave => string.Join(' ', wave.Select(layer => layer.Node.Name)))
        );
    }

    [Fact]
    public void The_bound_is_that_of_the_clamp_which_alone_reads_the_layer()
    {
        Dictionary<string, ValueRange> bounds = Waves(Network)
            .SelectMany(wave => wave)
            .ToDictionary(layer => layer.Node.Name, layer => layer.Bound);

        Assert.Equal(new ValueRange(0, 6), bounds["Conv_stem"]);
        Assert.Equal(new ValueRange(0, float.PositiveInfinity), bounds["Conv_left"]);
        Assert.Equal(new ValueRange(float.NegativeInfinity, float.PositiveInfinity), bounds["Conv_right"]);
    }

    [Fact]
    public void Weights_are_there_as_they_were_and_as_the_file_holds_them()
    {
        CorrectedLayer layer = Waves(Network)[0][0];

        float[] exact = layer.Weights.Values<float>().ToArray(),
            rounded = layer.Rounded.Values<float>().ToArray();
        float largest = layer.Numbers.Scales.Max();
        Assert.All(exact.Zip(rounded), pair => Assert.InRange(pair.First - pair.Second, -0.51f * largest, 0.51f * largest));
        Assert.NotEqual(exact, rounded);
    }

    [Fact]
    public void Weights_are_rounded_anew_where_that_is_asked_for()
    {
        Assert.All(Waves(Network).SelectMany(wave => wave), layer => Assert.False(layer.IsRoundedAnew));
        Assert.All(Waves(Network, rounds: true).SelectMany(wave => wave), layer => Assert.True(layer.IsRoundedAnew));
    }

    [Fact]
    public void Weights_that_two_layers_share_are_not()
    {
        Study study = Study.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("one", "x", 16, 16)
                .Node("Conv", ["one", "one_w"], ["two"], NodeAttribute.Of("pads", [1, 1, 1, 1]))
                .Conv("y", "two", 16, 16)
                .Output("y")
                .Build()
        );

        CorrectedLayer[] layers = [.. Waves(study, rounds: true).SelectMany(wave => wave)];
        Assert.Equal(["y_w"], layers.Where(layer => layer.IsRoundedAnew).Select(layer => layer.Numbers.Tensor));
        Assert.Equal(2, layers.Count(layer => layer.Numbers.Tensor == "one_w"));
    }

    [Fact]
    public void A_subgraph_reads_tensors_by_names_that_cannot_be_changed()
    {
        Graph then = new GraphBuilder().Node("Identity", ["s"], ["t"]).Output("t").BuildGraph(),
            otherwise = new GraphBuilder().Node("Neg", ["s"], ["e"]).Output("e").BuildGraph();
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 4])
            .Input("c", [], ElementType.Bool)
            .Node("Sigmoid", ["x"], ["s"])
            .Node(
                new Node("If", ["c"], ["y"])
                {
                    Attributes =
                    [
                        new NodeAttribute("then_branch", new AttributeValue.OfGraph(then)),
                        new NodeAttribute("else_branch", new AttributeValue.OfGraph(otherwise)),
                    ],
                }
            )
            .Output("y")
            .Build();

        Assert.Null(TwoStreams.Join(model, model));
    }

    private static IReadOnlyList<IReadOnlyList<CorrectedLayer>> Waves(Study study, bool rounds = false)
    {
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        return LayerWaves.Of(study.Model, plan, TwoStreams.Join(study.Model, GraphRewriter.Rewrite(study.Model, plan))!, rounds);
    }
}
