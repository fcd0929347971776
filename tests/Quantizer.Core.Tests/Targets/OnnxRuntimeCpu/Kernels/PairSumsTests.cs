using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Placement;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Schemes;
using Quantizer.Targets;
using Quantizer.Targets.OnnxRuntimeCpu;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>The worst that can come: heavy weights side by side, and activations that are all as large as they can be.</summary>
public class PairSumsTests
{
    private static readonly OnnxRuntimeCpuTarget Fitting = new("fitting", () => true),
        Free = new("free", () => false);

    private static readonly Dictionary<string, OnnxModel> Models = new()
    {
        ["3 channels"] = Convolution(from: 3, to: 16, [3, 3]),
        ["5 channels"] = Convolution(from: 5, to: 8, [3, 3]),
        ["6 channels"] = Convolution(from: 6, to: 12, [3, 3]),
        ["16 channels"] = Convolution(from: 16, to: 16, [3, 3]),
        ["64 channels"] = Convolution(from: 64, to: 32, [3, 3]),
        ["one place"] = Convolution(from: 32, to: 32, [1, 1]),
        ["groups of 3"] = Convolution(from: 6, to: 8, [3, 3], group: 2),
        ["groups of 8"] = Convolution(from: 32, to: 32, [3, 3], group: 4),
        ["one axis"] = Convolution(from: 8, to: 16, [5]),
        ["product"] = Product("MatMul", 64, 32),
        ["odd product"] = Product("MatMul", 33, 16),
        ["linear"] = Product("Gemm", 64, 32),
        ["linear, turned"] = Product("Gemm", 64, 32, transposed: true),
    };

    public static TheoryData<string> Layers => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Weights_that_fit_lose_nothing_in_any_sum(string layer)
    {
        OnnxModel model = Quantized(Models[layer], fits: true);

        Assert.InRange(WithFloatSums(model), 40, double.PositiveInfinity);
        Assert.DoesNotContain(FindingsOf(model), IsCut);
    }

    /// <summary>So the test above would notice.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void Others_are_cut_off_where_sums_are_narrow_and_this_is_told(string layer)
    {
        OnnxModel model = Quantized(Models[layer], fits: false);

        double decibels = WithFloatSums(model);
        Assert.True(PairSums.AreHere ? decibels < 25 : decibels > 40, $"{decibels:F1} dB");
        Assert.Equal(PairSums.AreHere ? 1 : 0, FindingsOf(model).Count(IsCut));
    }

    [Fact]
    public void The_depthwise_kernel_adds_in_32_bits()
    {
        OnnxModel model = Quantized(Convolution(from: 32, to: 32, [3, 3], group: 32), fits: false);

        Assert.InRange(WithFloatSums(model), 40, double.PositiveInfinity);
        Assert.DoesNotContain(FindingsOf(model), IsCut);
    }

    [Fact]
    public void Layers_with_fixed_ranges_are_planned_to_fit()
    {
        OnnxModel model = Convolution(from: 16, to: 32, [3, 3]);
        QuantizedNetwork network = QuantizedNetwork.Of(model, target: Fitting);

        Assert.True(network.RunsOnIntegers("layer"));
        Assert.Equal(new ProductPairs(Summed: 144, Taps: 9), Assert.Single(network.Sites.Weights).Scheme.Pairs);
        Assert.DoesNotContain(network.Verification.Findings, IsCut);
        Assert.Null(Assert.Single(QuantizedNetwork.Of(model, target: Free).Sites.Weights).Scheme.Pairs);
    }

    [Theory]
    [InlineData("MatMul")]
    [InlineData("LSTM")]
    [InlineData("Conv")]
    public void Ranges_of_each_run_want_weights_that_fit_as_well(string kind)
    {
        OnnxModel model = kind switch
        {
            "MatMul" => Product("MatMul", 256, 256),
            "LSTM" => Recurrence(inputs: 128, cells: 128),
            _ => Convolution(from: 64, to: 64, [5]),
        };
        PlacementOptions dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };
        QuantizedNetwork fitting = QuantizedNetwork.Of(model, dynamic, target: Fitting),
            free = QuantizedNetwork.Of(model, dynamic, target: Free);

        Assert.True(fitting.RunsOnIntegers("layer"));
        Assert.InRange(Decibels(model, fitting.Model, OptimizationLevel.All), 25, double.PositiveInfinity);
        Assert.DoesNotContain(fitting.Verification.Findings, IsCut);
        Assert.Equal(PairSums.AreHere ? 1 : 0, free.Verification.Findings.Count(IsCut));
    }

    /// <summary>With all activations at 255, between QuantizeLinear and DequantizeLinear, wherever integers pay.</summary>
    private static OnnxModel Quantized(OnnxModel model, bool fits)
    {
        Graph graph = model.Graph;
        Node layer = graph.Nodes.Single();
        Tensor weights = graph.Initializers.Single();
        int axis = layer.Is("Conv") || PairSums.HasTurnedWeights(layer) ? 0 : 1;
        QuantizationScheme scheme = QuantizationScheme.Int8Symmetric with { Pairs = fits ? PairSums.Of(layer, weights.Dimensions) : null };
        float[] scales = WeightPlanner.Scales(weights, axis, scheme, WeightOptions.Default);
        float largest = Outputs(model, OptimizationLevel.None).ToArray().Max(MathF.Abs);
        GraphBuilder builder = new GraphBuilder()
            .Input("x", graph.Inputs[0].Shape!)
            .Constant("x_scale", [], [1f])
            .Constant(new Tensor("x_zero", ElementType.UInt8, [], new byte[1]))
            .Constant("y_scale", [], [largest / 127])
            .Constant(new Tensor("y_zero", ElementType.UInt8, [], new byte[] { 128 }))
            .Constant("w_scale", [scales.Length], scales)
            .Constant(new Tensor("w_zero", ElementType.Int8, [scales.Length], new byte[scales.Length]))
            .Constant(IntegerTensors.OfWeights("w_integers", weights, axis, scales, scheme))
            .Node("QuantizeLinear", ["x", "x_scale", "x_zero"], ["x_q"])
            .Node("DequantizeLinear", ["x_q", "x_scale", "x_zero"], ["x_dq"])
            .Node("DequantizeLinear", ["w_integers", "w_scale", "w_zero"], ["w_dq"], NodeAttribute.Of("axis", axis))
            .Node(new Node(layer.OpType, ["x_dq", "w_dq"], ["made"], "layer") { Attributes = layer.Attributes })
            .Node("QuantizeLinear", ["made", "y_scale", "y_zero"], ["y_q"])
            .Node("DequantizeLinear", ["y_q", "y_scale", "y_zero"], ["y"]);
        return builder.Output("y").Build();
    }

    private static IReadOnlyList<Finding> FindingsOf(OnnxModel model) =>
        QuantizedFile.Verify(model, QuantizationTarget.Default.Target, sample: null).Findings;

    private static bool IsCut(Finding finding) => finding.Code == FindingKind.CutSums.Code;

    /// <summary>What integers give against the same file's arithmetic in float, in decibels.</summary>
    private static double WithFloatSums(OnnxModel model) => Decibels(model, model, OptimizationLevel.None);

    private static double Decibels(OnnxModel reference, OnnxModel other, OptimizationLevel level) =>
        DifferenceSums.Of(Outputs(reference, level), Outputs(other, OptimizationLevel.All)).SqnrDb;

    private static ReadOnlySpan<float> Outputs(OnnxModel model, OptimizationLevel level)
    {
        long[] sizes = [.. model.Graph.Inputs[0].Shape!.Select(size => size.Size!.Value)];
        float[] values = new float[sizes.Aggregate((a, b) => a * b)];
        Array.Fill(values, byte.MaxValue);
        using InferenceModel session = InferenceModel.Load(model, new ExecutionOptions { Level = level });
        return session.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(sizes, values) })["y"].Floats;
    }

    private static OnnxModel Convolution(int from, int to, long[] kernel, int group = 1)
    {
        long[] weights = [to, from / group, .. kernel];
        return new GraphBuilder()
            .Input("x", [1, from, .. kernel.Select(_ => (Dimension)12)])
            .Constant("w", weights, Heavy(weights))
            .Node(
                new Node("Conv", ["x", "w"], ["y"], "layer")
                {
                    Attributes =
                    [
                        NodeAttribute.Of("kernel_shape", kernel),
                        NodeAttribute.Of("pads", [.. kernel.Concat(kernel).Select(size => size / 2)]),
                        NodeAttribute.Of("group", group),
                    ],
                }
            )
            .Output("y")
            .Build();
    }

    private static OnnxModel Product(string kind, int from, int to, bool transposed = false)
    {
        long[] weights = transposed ? [to, from] : [from, to];
        Node node = new(kind, ["x", "w"], ["y"], "layer");
        if (transposed)
            node.Set(NodeAttribute.Of("transB", 1));
        return new GraphBuilder().Input("x", [8, from]).Constant("w", weights, Heavy(weights)).Node(node).Output("y").Build();
    }

    private static OnnxModel Recurrence(int inputs, int cells) =>
        new GraphBuilder()
            .Input("x", [3, 1, inputs])
            .Constant("w", [1, 4 * cells, inputs], Heavy([4 * cells, inputs]))
            .Constant("r", [1, 4 * cells, cells], Heavy([4 * cells, cells]))
            .Node(new Node("LSTM", ["x", "w", "r"], ["y"], "layer") { Attributes = [NodeAttribute.Of("hidden_size", cells)] })
            .Output("y")
            .Build();

    /// <summary>All near the largest, of either sign.</summary>
    private static float[] Heavy(long[] sizes)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, (int)sizes.Aggregate((a, b) => a * b)).Select(_ => Next())];

        float Next()
        {
            float size = 0.7f + 0.3f * random.NextSingle();
            return random.Next(2) == 0 ? size : -size;
        }
    }
}
