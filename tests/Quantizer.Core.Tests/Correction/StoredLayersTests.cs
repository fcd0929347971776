using Quantizer.Core.Tests.Correction.Rounding;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Correction;

/// <summary>Layers whose weights are stored as integers, or whose activations get their ranges in each run.</summary>
public class StoredLayersTests
{
    [Theory]
    [InlineData("convolution", ActivationMode.None)]
    [InlineData("linear", ActivationMode.None)]
    [InlineData("linear", ActivationMode.Dynamic)]
    public void Weights_that_make_up_for_each_other_gain_at_the_outputs(string kind, ActivationMode activations)
    {
        Study study = RoundedLayer.StudyOf(kind, [8, 8]).With(activations);
        QuantizationPlan plan = Coarse(study);
        Assert.Empty(plan.Weights);

        CorrectionResult corrected = Correct(study, plan)!;

        Assert.True(corrected.IsTaken);
        Assert.True(corrected.AfterDb > corrected.BeforeDb + 2, $"{corrected.BeforeDb} -> {corrected.AfterDb}");
        Assert.Equal(Integers(corrected.Plan).Count(integers => integers is not null), corrected.Rounded);
        Assert.Equal(2, corrected.Layers);
        Assert.Equal(BytesOf(study, plan), BytesOf(study, corrected.Plan));
        Graph before = GraphRewriter.Rewrite(study.Model, plan).Graph,
            after = GraphRewriter.Rewrite(study.Model, corrected.Plan).Graph;
        Assert.Equal(before.Nodes.Select(node => node.OpType), after.Nodes.Select(node => node.OpType));
        Assert.NotEqual(Constant(before, "h_w_quantized"), Constant(after, "h_w_quantized"));
        Assert.NotEqual(Constant(before, "h_b"), Constant(after, "h_b"));
        Assert.Equal(Constant(before, "h_w_scale"), Constant(after, "h_w_scale"));
    }

    [Fact]
    public void Biases_alone_leave_the_weights()
    {
        Study study = RoundedLayer.StudyOf("convolution", [8, 8]).With(ActivationMode.None);

        CorrectionResult corrected = Correct(study, Coarse(study), rounds: false)!;

        Assert.Equal(0, corrected.Rounded);
        Assert.All(Integers(corrected.Plan), Assert.Null);
        Assert.NotEmpty(corrected.Plan.FloatBiases);
    }

    [Theory]
    [InlineData(ActivationMode.None)]
    [InlineData(ActivationMode.Dynamic)]
    public void Without_a_bias_the_weights_make_up_for_the_mean_too(ActivationMode activations)
    {
        Study study = Study
            .OfSmooth(
                new GraphBuilder()
                    .Input("x", [1, 256])
                    .MatMul("h", "x", 256, 128)
                    .Node("Relu", ["h"], ["r"])
                    .MatMul("y", "r", 128, 64)
                    .Output("y")
                    .Build()
            )
            .With(activations);
        QuantizationPlan plan = Coarse(study);

        CorrectionResult corrected = Correct(study, plan)!;

        Assert.True(corrected.AfterDb > corrected.BeforeDb + 1, $"{corrected.BeforeDb} -> {corrected.AfterDb}");
        Assert.Equal((2, 2), (corrected.Layers, corrected.Rounded));
        Assert.Empty(corrected.Plan.FloatBiases);
        Assert.Null(Correct(study, plan, rounds: false));
    }

    [Fact]
    public void The_vector_that_is_added_to_a_product_is_its_bias()
    {
        Study study = Study
            .OfSmooth(
                new GraphBuilder()
                    .Input("x", [1, 6, 256])
                    .MatMul("h", "x", 256, 128)
                    .Constant("b", [128], Layers.Weights(128, 16, "b"))
                    .Node("Add", ["b", "h"], ["y"])
                    .Output("y")
                    .Build()
            )
            .With(ActivationMode.None);

        CorrectionResult corrected = Correct(study, Coarse(study))!;

        Assert.Equal("MatMul", study.Model.Graph.Nodes[0].OpType);
        Assert.Equal("b", Assert.Single(corrected.Plan.FloatBiases).Tensor);
    }

    [Fact]
    public void A_bias_that_two_layers_share_stays()
    {
        Study study = Study
            .OfSmooth(
                new GraphBuilder()
                    .Input("x", [1, 8, 8, 8])
                    .Conv("h", "x", 8, 16)
                    .Constant("y_w", [16, 16, 1, 1], Layers.Weights(256, 16, "y"))
                    .Node("Conv", ["h", "y_w", "h_b"], ["y"])
                    .Output("y")
                    .Build()
            )
            .With(ActivationMode.None);

        CorrectionResult corrected = Correct(study, Coarse(study))!;

        Assert.Empty(corrected.Plan.FloatBiases);
        Assert.NotEqual(0, corrected.Rounded);
    }

    /// <summary>The file holds equal weights once: rounded differently, it would hold them twice.</summary>
    [Fact]
    public void Equal_weights_stay_equal()
    {
        float[] same = Layers.Weights(64 * 64, 64, "same");
        Study study = Study
            .OfSmooth(
                new GraphBuilder()
                    .Input("x", [1, 64])
                    .Constant("one_w", [64, 64], same)
                    .Constant("two_w", [64, 64], same)
                    .Node("MatMul", ["x", "one_w"], ["one"])
                    .Node("Relu", ["one"], ["positive"])
                    .Node("MatMul", ["positive", "two_w"], ["two"])
                    .MatMul("y", "two", 64, 64)
                    .Output("y")
                    .Build()
            )
            .With(ActivationMode.None);
        QuantizationPlan plan = Coarse(study);

        CorrectionResult corrected = Correct(study, plan)!;

        Assert.Equal(1, corrected.Rounded);
        Assert.Equal(BytesOf(study, plan), BytesOf(study, corrected.Plan));
    }

    /// <summary>Their inputs would have to be seen for nothing.</summary>
    [Fact]
    public void Layers_too_wide_to_be_rounded_are_corrected_only_where_they_have_biases()
    {
        Study study = Study
            .Of(
                new GraphBuilder()
                    .Input("x", [1, 1280])
                    .MatMul("bare", "x", 1280, 8)
                    .Gemm("biased", "x", 1280, 8)
                    .Node("Add", ["bare", "biased"], ["y"])
                    .Output("y")
                    .Build(),
                count: 8
            )
            .With(ActivationMode.None);

        IReadOnlyList<LayerNumbers> layers = CorrectionSubject.LayersOf(study.Model, Coarse(study), roundsWeights: true);

        Assert.Equal("biased_w", Assert.Single(layers).Tensor);
    }

    [Theory]
    [InlineData(ActivationMode.None)]
    [InlineData(ActivationMode.Dynamic)]
    public void Threads_change_no_bit(ActivationMode activations)
    {
        Study study = RoundedLayer.StudyOf("linear", [8, 8]).With(activations);
        QuantizationPlan plan = Coarse(study);

        CorrectionResult one = Correct(study, plan, threads: 1)!,
            four = Correct(study, plan, threads: 4)!;

        Assert.Equal(
            Integers(one.Plan).Select(integers => integers!.Data.ToArray()),
            Integers(four.Plan).Select(integers => integers!.Data.ToArray())
        );
        Assert.Equal(one.Plan.FloatBiases.SelectMany(bias => bias.Values), four.Plan.FloatBiases.SelectMany(bias => bias.Values));
    }

    /// <summary>As where part of a network is given another form.</summary>
    [Fact]
    public void A_plan_of_another_form_takes_what_was_corrected()
    {
        Study study = RoundedLayer.StudyOf("linear", [8, 8]),
            dynamic = study.With(ActivationMode.Dynamic);
        QuantizationPlan plan = Coarse(dynamic),
            corrected = Correct(dynamic, plan)!.Plan;

        QuantizationPlan same = study.With(ActivationMode.Dynamic).MinMax.Plan(corrected, new MinMaxSelector()),
            other = study.With(ActivationMode.None).MinMax.Plan(corrected, new MinMaxSelector()),
            unlike = study.With(ActivationMode.None).MinMax.Plan(plan, new MinMaxSelector());

        Assert.Equal(Integers(corrected), Integers(same));
        Assert.Equal(Integers(corrected), Integers(other));
        Assert.Equal(corrected.FloatBiases, other.FloatBiases);
        Assert.All(Integers(unlike), Assert.Null);
    }

    /// <summary>With four times the step: what is lost, weights lose.</summary>
    private static QuantizationPlan Coarse(Study study)
    {
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        return plan with
        {
            Dynamic = [.. plan.Dynamic.Select(weights => weights with { Scales = Coarser(weights.Scales) })],
            Stored = [.. plan.Stored.Select(weights => weights with { Scales = Coarser(weights.Scales) })],
        };
    }

    private static float[] Coarser(IReadOnlyList<float> scales) => [.. scales.Select(scale => 4 * scale)];

    private static IEnumerable<Tensor?> Integers(QuantizationPlan plan) =>
        plan.Dynamic.Select(weights => weights.Integers).Concat(plan.Stored.Select(weights => weights.Integers));

    private static long BytesOf(Study study, QuantizationPlan plan) =>
        GraphRewriter.Rewrite(study.Model, plan).Graph.Initializers.Sum(tensor => (long)tensor.Data.Length);

    private static byte[] Constant(Graph graph, string name) => graph.Initializers.Single(tensor => tensor.Name == name).Data.ToArray();

    private static CorrectionResult? Correct(Study study, QuantizationPlan plan, bool rounds = true, int threads = 2) =>
        BiasCorrection.Run(
            new CorrectionSubject(study.Model, plan, study.Reference, null) { RoundsWeights = rounds, Macs = 0 },
            threads,
            _ => { },
            CancellationToken.None
        );
}
