using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Schemes;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Correction;

public class BiasCorrectionTests
{
    /// <summary>A residual block between a stem and a head, with clamps, a branch beside it, and layers that nothing clamps.</summary>
    private static OnnxModel Model =>
        new GraphBuilder()
            .Input("x", [1, 8, 8, 8])
            .Conv("stem", "x", 8, 16)
            .Node("Relu", ["stem"], ["start"])
            .Conv("inner", "start", 16, 16)
            .Clip("middle", "inner", 0, 2)
            .Depthwise("deep", "middle", 16)
            .Conv("beside", "start", 16, 16, kernel: 1)
            .Node("Add", ["deep", "beside"], ["sum"])
            .Node("Relu", ["sum"], ["end"])
            .Node("GlobalAveragePool", ["end"], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .Gemm("y", "flat", 16, 10)
            .Output("y")
            .Build();

    private static readonly Study Network = Study.Of(Model);

    private static readonly QuantizationPlan Coarse = Clipped(Network);

    [Fact]
    public void Each_bias_is_what_one_layer_after_the_other_gives_with_whole_runs()
    {
        CorrectionResult corrected = Correct(Network, Coarse);

        QuantizationPlan expected = LayerByLayer(Network, Coarse, [.. Network.Samples.Take(corrected.Samples)]);
        Assert.True(corrected.IsTaken);
        Assert.Equal(
            ["Conv_beside", "Conv_deep", "Conv_inner", "Conv_stem"],
            Corrected(corrected.Plan).Order(StringComparer.Ordinal).Take(4)
        );
        double largest = 0;
        foreach (
            (WeightPlan found, WeightPlan wanted) in corrected
                .Plan.Weights.Zip(expected.Weights)
                .Where(pair => pair.Second.Bias is not null)
        )
        {
            for (int channel = 0; channel < wanted.Bias!.Count; channel++)
            {
                double tolerance = 2 * wanted.BiasScales[channel] + 1e-3;
                Assert.InRange(found.Bias![channel], wanted.Bias[channel] - tolerance, wanted.Bias[channel] + tolerance);
                largest = Math.Max(largest, Math.Abs(wanted.Bias[channel] - BiasOf(wanted)[channel]) / tolerance);
            }
        }
        // Unmoved biases would be far outside of what is tolerated.
        Assert.True(largest > 10, $"{largest}");
    }

    [Fact]
    public void The_outputs_gain_on_samples_that_told_no_bias()
    {
        CorrectionResult corrected = Correct(Network, Coarse);

        Assert.Equal((30, 10), (corrected.Samples, corrected.HeldOut));
        Assert.True(corrected.AfterDb > corrected.BeforeDb + 1, $"{corrected.BeforeDb} -> {corrected.AfterDb}");
        Assert.Equal(corrected.AfterDb - corrected.BeforeDb, corrected.GainDb);
        using PlanJudge judge = Network.Judge;
        OutputErrors now = judge.Judge(Coarse, double.NegativeInfinity, judge.Order)!,
            then = judge.Judge(corrected.Plan, double.NegativeInfinity, judge.Order)!;
        Assert.Equal(judge.Reference.SqnrDb(now.From(30), 10), corrected.BeforeDb, 1e-9);
        Assert.Equal(judge.Reference.SqnrDb(then.From(30), 10), corrected.AfterDb!.Value, 1e-9);
    }

    [Fact]
    public void Errors_that_the_search_measured_are_not_measured_again()
    {
        using PlanJudge judge = Network.Judge;
        OutputErrors measured = judge.Judge(Coarse, double.NegativeInfinity, judge.Order)!;
        for (int sample = 0; sample < Network.Samples.Count; sample++)
            measured[sample] = [1e-9];

        CorrectionResult corrected = BiasCorrection.Run(
            Subject(Network.Model, Coarse, Network.Reference, measured),
            threads: 2,
            _ => { },
            CancellationToken.None
        )!;

        Assert.False(corrected.IsTaken);
        Assert.Equal(90, corrected.BeforeDb, 1e-6);
    }

    /// <summary>What the ranges clip of the samples in front, the others never reach.</summary>
    [Fact]
    public void Biases_that_serve_only_the_samples_that_told_them_are_dropped()
    {
        Sample[] samples =
        [
            .. Network.Samples.Take(30).Select(sample => Times(sample, 3f)),
            .. Network.Samples.Skip(30).Select(sample => Times(sample, 0.05f)),
        ];
        OutputReference reference = OutputReference.Record(
            Network.Model,
            samples,
            new SampleWorkers(2, CancellationToken.None),
            _ => { },
            CancellationToken.None
        );

        CorrectionResult corrected = BiasCorrection.Run(
            Subject(Network.Model, Coarse, reference, null),
            threads: 2,
            _ => { },
            CancellationToken.None
        )!;

        Assert.True(corrected.AfterDb < corrected.BeforeDb, $"{corrected.BeforeDb} -> {corrected.AfterDb}");
        Assert.False(corrected.IsTaken);
        Assert.Same(Coarse, corrected.Plan);
        Assert.Equal(0, corrected.GainDb);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_no_bit(bool rounds)
    {
        CorrectionResult one = Correct(Network, Coarse, threads: 1, rounds),
            four = Correct(Network, Coarse, threads: 4, rounds);

        Assert.Equal(Biases(one), Biases(four));
        Assert.Equal(
            one.Plan.Weights.Select(weights => weights.Integers?.Data.ToArray()),
            four.Plan.Weights.Select(weights => weights.Integers?.Data.ToArray())
        );
    }

    [Fact]
    public void A_convolution_without_a_bias_gets_one()
    {
        Study bare = Study.Of(
            new GraphBuilder()
                .Input("x", [1, 8, 8, 8])
                .Conv("stem", "x", 8, 16, bias: false)
                .Node("Relu", ["stem"], ["start"])
                .Conv("end", "start", 16, 16, bias: false)
                .Node("Relu", ["end"], ["positive"])
                .Node("GlobalAveragePool", ["positive"], ["mean"])
                .Node("Flatten", ["mean"], ["flat"])
                .Gemm("y", "flat", 16, 10)
                .Output("y")
                .Build()
        );
        QuantizationPlan coarse = Clipped(bare);

        CorrectionResult corrected = Correct(bare, coarse);

        Assert.True(corrected.IsTaken);
        Graph before = GraphRewriter.Rewrite(bare.Model, coarse).Graph,
            after = GraphRewriter.Rewrite(bare.Model, corrected.Plan).Graph;
        Assert.Equal(2, before.Nodes.Find(node => node.Name == "Conv_end")!.Inputs.Count);
        Node end = after.Nodes.Find(node => node.Name == "Conv_end")!;
        Assert.Equal(3, end.Inputs.Count);
        Node written = after.Nodes.Find(node => node.Outputs[0] == end.Inputs[2])!;
        Assert.Equal(ElementType.Int32, after.Initializers.Find(tensor => tensor.Name == written.Inputs[0])!.Type);
    }

    [Fact]
    public void Products_that_add_no_bias_or_too_few_samples_are_left_alone()
    {
        Study bare = Study.Of(new GraphBuilder().Input("x", [1, 64]).MatMul("y", "x", 64, 32).Output("y").Build());
        QuantizationPlan plan = bare.MinMax.Plan(new MinMaxSelector());
        OutputReference few = OutputReference.Record(
            Network.Model,
            [.. Network.Samples.Take(4)],
            new SampleWorkers(1, CancellationToken.None),
            _ => { },
            CancellationToken.None
        );

        Assert.Null(BiasCorrection.Run(Subject(bare.Model, plan, bare.Reference, null), 1, _ => { }, CancellationToken.None));
        Assert.Null(BiasCorrection.Run(Subject(Network.Model, Coarse, few, null), 1, _ => { }, CancellationToken.None));
    }

    private static CorrectionResult Correct(Study study, QuantizationPlan plan, int threads = 2, bool rounds = false)
    {
        int done = 0;
        CorrectionResult corrected = BiasCorrection.Run(
            Subject(study.Model, plan, study.Reference, null, rounds),
            threads,
            layers => done = layers,
            CancellationToken.None
        )!;
        Assert.Equal(plan.Weights.Count, done);
        return corrected;
    }

    private static CorrectionSubject Subject(
        OnnxModel model,
        QuantizationPlan plan,
        OutputReference reference,
        OutputErrors? errors,
        bool rounds = false
    ) => new(model, plan, reference, errors) { RoundsWeights = rounds, Macs = 0 };

    private static IEnumerable<string> Corrected(QuantizationPlan plan) =>
        plan.Weights.Where(weights => weights.Bias is not null).Select(weights => weights.Site.Node);

    private static float[] BiasOf(WeightPlan weights) =>
        Network.Model.Graph.Initializers.Single(tensor => tensor.Name == weights.Site.Bias!.Tensor).Values<float>().ToArray();

    private static float[][] Biases(CorrectionResult corrected) =>
        [.. corrected.Plan.Weights.Select(weights => weights.Bias?.ToArray() ?? [])];

    /// <summary>A plan whose ranges clip a good part of every inner tensor, and whose weights are rounded coarsely.</summary>
    private static QuantizationPlan Clipped(Study study)
    {
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        foreach ((string source, ActivationPlan activation) in plan.Activations.Where(pair => pair.Key is not "x" and not "y").ToArray())
        {
            QuantizationParameters numbers = activation.Parameters;
            plan = study.MinMax.WithActivation(
                plan,
                source,
                activation with
                {
                    Parameters = numbers with { Scale = numbers.Scale * 0.6f },
                }
            );
        }
        return plan;
    }

    private static Sample Times(Sample sample, float factor)
    {
        TensorValue x = sample.Inputs["x"];
        float[] values = x.Floats.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] *= factor;
        return sample with { Inputs = new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(x.Shape, values) } };
    }

    /// <summary>Convolutions only, with a run of both whole networks for each.</summary>
    private static QuantizationPlan LayerByLayer(Study study, QuantizationPlan plan, IReadOnlyList<Sample> samples)
    {
        GraphIndex index = new(study.Model.Graph);
        foreach (Node node in study.Model.Graph.Nodes.Where(node => node.Is("Conv")))
        {
            string output = node.Outputs[0];
            ValueRange bound = index.ReadersOf(output) is [Node reader]
                ? Clamp.BoundOf(reader, index) ?? new ValueRange(float.NegativeInfinity, float.PositiveInfinity)
                : throw new InvalidOperationException();
            using InferenceModel fp32 = InferenceModel.Load(ModelVariants.WithOutputs(study.Model, [output])),
                int8 = InferenceModel.Load(ModelVariants.WithOutputs(GraphRewriter.Rewrite(study.Model, plan), [output]));
            WeightPlan weights = plan.Weights.Single(weights => weights.Site.Node == node.Name);
            float[] bias = index.ConstantOf(node.Inputs[2])!.Values<float>().ToArray();
            double[] sums = new double[bias.Length];
            int[] places = new int[bias.Length];
            foreach (Sample sample in samples)
            {
                TensorValue expected = fp32.Run(sample.Inputs, [output])[output],
                    found = int8.Run(sample.Inputs, [output])[output];
                int each = (int)(expected.Shape[2] * expected.Shape[3]);
                for (int i = 0; i < expected.Floats.Length; i++)
                {
                    if (expected.Floats[i] <= bound.Min || expected.Floats[i] >= bound.Max)
                        continue;
                    sums[i / each] += expected.Floats[i] - found.Floats[i];
                    places[i / each]++;
                }
            }
            Assert.All(places, count => Assert.True(count >= 100));
            plan = plan with
            {
                Weights =
                [
                    .. plan.Weights.Select(other =>
                        other == weights
                            ? weights with
                            {
                                Bias = [.. bias.Select((value, channel) => (float)(value + sums[channel] / places[channel]))],
                            }
                            : other
                    ),
                ],
            };
        }
        return plan;
    }
}
