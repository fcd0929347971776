using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Search.Trials;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Search.Trials;

/// <summary>A graph that was optimized for one plan and got the numbers of another must compute what the other's own model does.</summary>
public class TrialModelsTests
{
    private static readonly string[] Selectors = ["minmax", "mse", "entropy", "percentile:99.9", "percentile:99", "percentile:95"];

    private static readonly Dictionary<string, Func<GraphBuilder>> Networks = new()
    {
        ["residual block"] = () =>
            Picture()
                .Conv("a", "x", 16, 16)
                .Node("Relu", ["a"], ["ar"])
                .Conv("b", "ar", 16, 16)
                .Node("Add", ["b", "ar"], ["s"])
                .Node("Relu", ["s"], ["sr"])
                .Conv("c", "sr", 16, 16)
                .Node("Add", ["c", "sr"], ["t"])
                .Conv("y", "t", 16, 16)
                .Output("y"),
        ["clips and depthwise"] = () =>
            Picture()
                .Conv("a", "x", 16, 32, kernel: 1)
                .Clip("ac", "a", 0f, 6f)
                .Depthwise("d", "ac", 32)
                .Clip("dc", "d", 0f, 0.5f)
                .Conv("y", "dc", 32, 16, kernel: 1)
                .Output("y"),
        ["two-sided clip"] = () => Picture().Conv("a", "x", 16, 32).Clip("ac", "a", -0.4f, 0.7f).Conv("y", "ac", 32, 16).Output("y"),
        ["joined concat"] = () =>
            Picture()
                .Conv("l", "x", 16, 16)
                .Node("Relu", ["l"], ["lr"])
                .Conv("r", "x", 16, 32, kernel: 1)
                .Clip("rc", "r", 0f, 0.6f)
                .Node("Concat", ["lr", "rc"], ["j"], NodeAttribute.Of("axis", 1L))
                .MaxPool("p", "j")
                .Conv("y", "p", 48, 16)
                .Output("y"),
        ["leaky and sigmoid tables"] = () =>
            Picture()
                .Conv("a", "x", 16, 16)
                .Node("LeakyRelu", ["a"], ["al"], NodeAttribute.Of("alpha", 0.1f))
                .Conv("b", "al", 16, 16)
                .Node("Sigmoid", ["b"], ["g"])
                .Node("Mul", ["b", "g"], ["m"])
                .Conv("y", "m", 16, 16)
                .Output("y"),
        ["float islands"] = () =>
            Picture()
                .Conv("a", "x", 16, 16)
                .Node("Tanh", ["a"], ["at"])
                .Conv("b", "at", 16, 16)
                .Node("HardSwish", ["b"], ["bh"])
                .Conv("y", "bh", 16, 16)
                .Output("y"),
        ["constant operands"] = () =>
            Picture()
                .Conv("a", "x", 16, 16)
                .Constant("k", [1, 16, 1, 1], Layers.Weights(16, 6, "k"))
                .Node("Mul", ["a", "k"], ["m"])
                .Conv("y", "m", 16, 16)
                .Output("y"),
        ["moved tensors"] = () =>
            Picture()
                .Conv("a", "x", 16, 16)
                .Node("Relu", ["a"], ["ar"])
                .Node("Transpose", ["ar"], ["t"], NodeAttribute.Of("perm", [0L, 1L, 3L, 2L]))
                .Conv("y", "t", 16, 16)
                .Output("y"),
        ["matrix products"] = () =>
            new GraphBuilder()
                .Input("x", [1, 6, 64])
                .MatMul("a", "x", 64, 96)
                .Node("Relu", ["a"], ["ar"])
                .MatMul("y", "ar", 96, 32)
                .Output("y"),
        ["pooled classifier"] = () =>
            Picture()
                .Conv("a", "x", 16, 32)
                .Node("Relu", ["a"], ["ar"])
                .Node("GlobalAveragePool", ["ar"], ["g"])
                .Node("Flatten", ["g"], ["f"])
                .Gemm("y", "f", 32, 10)
                .Output("y"),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Replaced_numbers_give_the_outputs_of_the_plan_s_own_model_bit_for_bit(string name)
    {
        Study network = Study.Of(Networks[name]().Build(), count: 6);
        QuantizationPlan[] plans =
        [
            .. Selectors.Select(selector => network.MinMax.Plan(RangeMethod.Parse(selector).Selectors[0])),
            .. Selectors.Select(selector => network.SquaredError.Plan(RangeMethod.Parse(selector).Selectors[0])),
            .. network.Sites.Observed.SelectMany(source =>
                network
                    .MinMax.Candidates(source)
                    .Select(candidate =>
                        network.MinMax.WithActivation(network.MinMax.Plan(RangeMethod.Parse("mse").Selectors[0]), source, candidate)
                    )
            ),
        ];
        using TrialModels models = new(network.Model, model => model);
        // Again and again: the first plans of a kind are opened in the ordinary way.
        foreach (QuantizationPlan plan in plans.Concat(plans).Concat(plans))
            AssertSame(network, models, plan);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_can_be_replaced_in_what_was_optimized(string name)
    {
        Study network = Study.Of(Networks[name]().Build(), count: 6);
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse("mse").Selectors[0]);
        OnnxModel quantized = GraphRewriter.Rewrite(network.Model, plan),
            probe = GraphRewriter.Rewrite(network.Model, ProbePlan.Of(plan));
        string key = StructureKey.Of(quantized.Graph, QuantizationTarget.Default.Target);

        using OptimizedPlan? optimized = OptimizedPlan.TryMake(quantized, key, probe, QuantizationTarget.Default.Target);

        Assert.Equal(key, StructureKey.Of(probe.Graph, QuantizationTarget.Default.Target));
        Assert.NotNull(optimized);
    }

    /// <summary>Same constants, another node: what holds for one graph says nothing of the other.</summary>
    [Fact]
    public void What_ONNX_Runtime_makes_differently_of_the_probe_is_not_used()
    {
        Study one = Study.Of(Ending("Abs").Build(), count: 6),
            other = Study.Of(Ending("Neg").Build(), count: 6);
        OnnxModel quantized = Rewritten(one, plan => plan),
            probe = Rewritten(one, ProbePlan.Of),
            foreign = Rewritten(other, ProbePlan.Of);

        using OptimizedPlan? own = OptimizedPlan.TryMake(quantized, KeyOf(probe), probe, QuantizationTarget.Default.Target);
        using OptimizedPlan? strange = OptimizedPlan.TryMake(quantized, KeyOf(foreign), foreign, QuantizationTarget.Default.Target);

        Assert.NotNull(own);
        Assert.Null(strange);
        Assert.Null(OptimizedPlan.TryMake(quantized, KeyOf(quantized), foreign, QuantizationTarget.Default.Target));

        static GraphBuilder Ending(string opType) =>
            Picture().Conv("a", "x", 16, 16).Conv("b", "a", 16, 16).Node(opType, ["b"], ["y"]).Output("y");

        static OnnxModel Rewritten(Study network, Func<QuantizationPlan, QuantizationPlan> change) =>
            GraphRewriter.Rewrite(network.Model, change(network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0])));

        static string KeyOf(OnnxModel model) => StructureKey.Of(model.Graph, QuantizationTarget.Default.Target);
    }

    [Fact]
    public void A_probe_has_another_number_everywhere_and_keeps_what_is_equal_equal()
    {
        Study network = Study.Of(Networks["joined concat"]().Build(), count: 6);
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0]),
            probe = ProbePlan.Of(plan);

        Assert.All(plan.Activations, pair => Assert.NotEqual(pair.Value.Parameters.Scale, probe.Activations[pair.Key].Parameters.Scale));
        Assert.All(
            plan.Weights.Zip(probe.Weights),
            pair => Assert.All(pair.First.Scales.Zip(pair.Second.Scales), scales => Assert.NotEqual(scales.First, scales.Second))
        );
        Assert.Equal(
            plan.Activations["lr"].Parameters == plan.Activations["p"].Parameters,
            probe.Activations["lr"].Parameters == probe.Activations["p"].Parameters
        );
    }

    [Fact]
    public void Plans_that_a_clamp_tells_apart_are_of_different_kinds()
    {
        Study network = Study.Of(Networks["clips and depthwise"]().Build(), count: 6);
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0]);
        ActivationPlan wide = plan.Activations["dc"] with
        {
            Parameters = plan.Activations["dc"].Parameters with { Scale = plan.Activations["dc"].Parameters.Scale * 1.5f },
        };
        QuantizationPlan exceeding = network.MinMax.WithActivation(plan, "dc", wide);

        Assert.NotEqual(KeyOf(plan), KeyOf(exceeding));
        Assert.Equal(
            KeyOf(plan),
            KeyOf(
                network.MinMax.WithActivation(
                    plan,
                    "x",
                    plan.Activations["x"] with
                    {
                        Parameters = plan.Activations["x"].Parameters with { Scale = 0.123f },
                    }
                )
            )
        );

        // Far above its own clamp both times; that one is above the other layer's clamp as well tells nothing.
        Assert.Equal(KeyOf(Scaled(1f / 255f)), KeyOf(Scaled(10f / 255f)));

        QuantizationPlan Scaled(float scale) =>
            network.MinMax.WithActivation(
                plan,
                "dc",
                plan.Activations["dc"] with
                {
                    Parameters = plan.Activations["dc"].Parameters with { Scale = scale },
                }
            );

        string KeyOf(QuantizationPlan of) =>
            StructureKey.Of(GraphRewriter.Rewrite(network.Model, of).Graph, QuantizationTarget.Default.Target);
    }

    [Fact]
    public void Plans_that_differ_in_which_tensors_share_numbers_are_of_different_kinds()
    {
        Study network = Study.Of(Networks["residual block"]().Build(), count: 6);
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0]);
        QuantizationPlan equal = network.MinMax.WithActivation(plan, "sr", plan.Activations["ar"]);

        Assert.NotEqual(plan.Activations["sr"].Parameters, equal.Activations["sr"].Parameters);
        Assert.NotEqual(
            StructureKey.Of(GraphRewriter.Rewrite(network.Model, plan).Graph, QuantizationTarget.Default.Target),
            StructureKey.Of(GraphRewriter.Rewrite(network.Model, equal).Graph, QuantizationTarget.Default.Target)
        );
    }

    [Fact]
    public void Constants_count_by_name_and_shape_and_not_by_value()
    {
        Assert.Equal(KeyOf([2], 1f), KeyOf([2], 7f));
        Assert.NotEqual(KeyOf([2], 1f), KeyOf([1, 2], 1f));

        static string KeyOf(long[] shape, float value) =>
            StructureKey.Of(
                new GraphBuilder()
                    .Input("x", [1, 2])
                    .Constant("c", shape, [value, value])
                    .Node("Add", ["x", "c"], ["y"])
                    .Output("y")
                    .BuildGraph(),
                QuantizationTarget.Default.Target
            );
    }

    /// <summary>ONNX Runtime removes the clamps that such integers make superfluous.</summary>
    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 254, true)]
    [InlineData(254, 255, false)]
    public void Zero_points_at_either_end_of_the_integers_are_a_kind_of_their_own(int one, int other, bool areOneKind)
    {
        Study network = Study.Of(Networks["residual block"]().Build(), count: 6);
        QuantizationPlan plan = network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0]);

        Assert.Equal(areOneKind, KeyOf(one) == KeyOf(other));

        string KeyOf(int zeroPoint)
        {
            ActivationPlan moved = plan.Activations["x"] with
            {
                Parameters = plan.Activations["x"].Parameters with { ZeroPoint = zeroPoint },
            };
            QuantizationPlan changed = network.MinMax.WithActivation(plan, "x", moved);
            return StructureKey.Of(GraphRewriter.Rewrite(network.Model, changed).Graph, QuantizationTarget.Default.Target);
        }
    }

    private static void AssertSame(Study network, TrialModels models, QuantizationPlan plan)
    {
        using InferenceModel quick = models.Open(plan),
            own = InferenceModel.Load(GraphRewriter.Rewrite(network.Model, plan));
        foreach (Sample sample in network.Samples.Take(2))
        {
            IReadOnlyDictionary<string, TensorValue> expected = own.Run(sample.Inputs),
                found = quick.Run(sample.Inputs);
            Assert.Equal(expected["y"].Shape, found["y"].Shape);
            Assert.True(expected["y"].Data.Span.SequenceEqual(found["y"].Data.Span));
        }
    }

    private static GraphBuilder Picture() => new GraphBuilder().Input("x", [1, 16, 8, 8]);
}
