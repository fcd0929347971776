using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

/// <summary>A selection gives much the same for plans of which one is better by far: they are judged by what it reads.</summary>
public class JudgedTensorsTests
{
    [Fact]
    public void The_class_with_the_highest_score_is_judged_by_the_scores()
    {
        GraphBuilder network = Scores().Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1L));

        Assert.Equal(["scores"], JudgedIn(network.Output("class", type: ElementType.Int64)));
    }

    [Fact]
    public void Sorted_scores_are_judged_as_they_were_before()
    {
        GraphBuilder network = Scores()
            .Constant("k", [1], Longs(3))
            .Node("TopK", ["scores", "k"], ["best", "which"])
            .Output("best")
            .Output("which", type: ElementType.Int64);

        Assert.Equal(["scores"], JudgedIn(network));
    }

    [Fact]
    public void Boxes_that_are_kept_are_judged_by_all_boxes_and_scores()
    {
        GraphBuilder network = new GraphBuilder()
            .Input("x", [1, 3, 8, 8])
            .Conv("maps", "x", 3, 7, kernel: 1)
            .Constant("rows", [3], Longs(1, 7, -1))
            .Node("Reshape", ["maps", "rows"], ["flat"])
            .Constant("parts", [2], Longs(4, 3))
            .Node("Split", ["flat", "parts"], ["corners", "scores"], NodeAttribute.Of("axis", 1L))
            .Node("Transpose", ["corners"], ["boxes"], NodeAttribute.Of("perm", [0L, 2L, 1L]))
            .Constant("most", [1], Longs(5))
            .Node("NonMaxSuppression", ["boxes", "scores", "most"], ["kept"])
            .Constant("two", [], Longs(2))
            .Node("Gather", ["kept", "two"], ["places"], NodeAttribute.Of("axis", 1L))
            .Node("Gather", ["boxes", "places"], ["found"], NodeAttribute.Of("axis", 1L))
            .Constant("size", [], [640f])
            .Node("Mul", ["found", "size"], ["pixels"])
            .Output("pixels");

        Assert.Equal(["boxes", "scores"], JudgedIn(network));
    }

    [Fact]
    public void A_mask_that_is_cut_at_a_threshold_is_judged_by_what_is_cut()
    {
        GraphBuilder network = Scores()
            .Node("Sigmoid", ["scores"], ["shares"])
            .Constant("half", [], [0.5f])
            .Node("Greater", ["shares", "half"], ["mask"])
            .Output("mask", type: ElementType.Bool);

        Assert.Equal(["shares"], JudgedIn(network));
    }

    [Fact]
    public void Peaks_of_a_heat_map_are_judged_by_the_map()
    {
        GraphBuilder network = new GraphBuilder()
            .Input("x", [1, 3, 8, 8])
            .Conv("logits", "x", 3, 2, kernel: 1)
            .Node("Sigmoid", ["logits"], ["map"])
            .Node("MaxPool", ["map"], ["highest"], NodeAttribute.Of("kernel_shape", [3L, 3L]), NodeAttribute.Of("pads", [1L, 1L, 1L, 1L]))
            .Node("Equal", ["highest", "map"], ["is"])
            .Node("Cast", ["is"], ["peak"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Node("Mul", ["map", "peak"], ["peaks"])
            .Constant("flat", [2], Longs(1, -1))
            .Node("Reshape", ["peaks", "flat"], ["list"])
            .Constant("k", [1], Longs(5))
            .Node("TopK", ["list", "k"], ["best", "which"])
            .Output("best");

        Assert.Equal(["map"], JudgedIn(network));
    }

    [Fact]
    public void What_a_router_weighs_is_judged_as_the_output_that_it_is()
    {
        GraphBuilder network = Scores()
            .Constant("k", [1], Longs(1))
            .Node("TopK", ["scores", "k"], ["share", "expert"])
            .Gemm("other", "x", 256, 128)
            .Node("Mul", ["other", "share"], ["y"])
            .Output("y");

        Assert.Equal(["y"], JudgedIn(network));
    }

    [Fact]
    public void What_is_looked_up_by_a_selection_and_computed_with_is_an_output()
    {
        GraphBuilder network = Scores()
            .Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1L), NodeAttribute.Of("keepdims", 0L))
            .Constant("table", [128, 16], Layers.Weights(128 * 16, 16, "table"))
            .Node("Gather", ["table", "class"], ["row"])
            .Constant("weights", [16, 16], Layers.Weights(256, 16, "weights"))
            .Node("MatMul", ["row", "weights"], ["y"])
            .Output("y");

        Assert.Equal(["y"], JudgedIn(network));
    }

    [Fact]
    public void A_selection_of_what_no_plan_changes_selects_nothing()
    {
        // CLIP takes the place of its last token by ArgMax over the tokens.
        GraphBuilder network = Scores()
            .Input("ids", [1, 4], ElementType.Int64)
            .Node("ArgMax", ["ids"], ["last"], NodeAttribute.Of("axis", 1L), NodeAttribute.Of("keepdims", 0L))
            .Node("Gather", ["scores", "last"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y");

        Assert.Equal(["y"], JudgedIn(network));
    }

    [Fact]
    public void Plans_of_a_network_that_gives_classes_have_the_errors_of_its_scores()
    {
        Study scores = Study.LongTails,
            classes = Study.Of(
                TwoLayers().Node("ArgMax", ["y"], ["class"], NodeAttribute.Of("axis", 1L)).Output("class", type: ElementType.Int64).Build()
            );
        foreach (string selector in (string[])["minmax", "mse", "percentile:90"])
        {
            double expected = DbOf(scores, selector);
            Assert.InRange(expected, 1, 60);
            Assert.Equal(expected, DbOf(classes, selector), 0.5);
        }
    }

    private static double DbOf(Study network, string selector)
    {
        using PlanJudge judge = network.Judge;
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse(selector).Selectors[0]);
        return judge.SqnrDb(judge.Judge(plan, double.NegativeInfinity, judge.Order)!);
    }

    private static ReadOnlySpan<long> Longs(params long[] values) => values;

    private static GraphBuilder Scores() => new GraphBuilder().Input("x", [1, 256]).Gemm("scores", "x", 256, 128);

    private static GraphBuilder TwoLayers() =>
        new GraphBuilder().Input("x", [1, 256]).Gemm("first", "x", 256, 128).Node("Relu", ["first"], ["relu"]).Gemm("y", "relu", 128, 128);

    /// <summary>The tensors, by their names in the network.</summary>
    private static IEnumerable<string> JudgedIn(GraphBuilder network)
    {
        (InferenceModel opened, JudgedTensors judged) = JudgedTensors.Open(network.Build());
        using InferenceModel session = opened;
        Assert.Equal(judged.Names, session.Outputs.Select(output => output.Name));
        return judged.Names.Select(name => name.Replace("/judged", "", StringComparison.Ordinal));
    }
}
