using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Details;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting.Details;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Details;

public class ErrorAlongNetworkTests
{
    private const int Depth = 256,
        Width = 128;

    private static readonly Study Network = Study.Of(
        new GraphBuilder()
            .Input("x", [1, Depth])
            .Gemm("first", "x", Depth, Width)
            .Node("Relu", ["first"], ["relu"])
            .Gemm("second", "relu", Width, Width)
            .Node("Softmax", ["second"], ["y"])
            .Output("y")
            .Build()
    );

    private static readonly QuantizationPlan Plan = Network.MinMax.Plan(new MinMaxSelector());
    private static readonly OnnxModel Int8 = GraphRewriter.Rewrite(Network.Model, Plan);
    private static readonly IReadOnlyList<TensorError> Errors = Measure(Network.Model, Int8);

    [Fact]
    public void The_error_is_that_of_what_the_integers_stand_for()
    {
        // The same by hand: the integers themselves, as the file's own kernels give them, times the scale.
        Node quantize = Int8.Graph.Nodes.Single(node => node.Is("QuantizeLinear") && node.Inputs[0] == "relu");
        QuantizationParameters parameters = Plan.Activations["relu"].Parameters;
        using InferenceModel fp32 = InferenceModel.Load(ModelVariants.WithOutputs(Network.Model, ["relu"])),
            int8 = InferenceModel.Load(ModelVariants.WithOutputs(Int8, [quantize.Outputs[0]]));
        double signal = 0,
            error = 0;
        foreach (Sample sample in Chosen)
        {
            float[] expected = OutputValues.Floats(fp32.Run(sample.Inputs, ["relu"])["relu"]),
                integers = OutputValues.Floats(int8.Run(sample.Inputs, [quantize.Outputs[0]])[quantize.Outputs[0]]);
            for (int i = 0; i < expected.Length; i++)
            {
                double found = (integers[i] - parameters.ZeroPoint) * (double)parameters.Scale;
                signal += (double)expected[i] * expected[i];
                error += (expected[i] - found) * (expected[i] - found);
            }
        }

        Assert.Equal(10 * Math.Log10(signal / error), Of("relu").SqnrDb!.Value, 1e-3);
    }

    [Fact]
    public void The_own_error_is_that_of_rounded_weights_and_results_on_the_FP32_inputs()
    {
        WeightPlan weights = Plan.Weights.Single(weights => weights.Site.Tensor == Network.Model.Graph.Nodes[0].Inputs[1]);
        Dictionary<string, Tensor> constants = Network.Model.Graph.Initializers.ToDictionary(tensor => tensor.Name);
        Node gemm = Network.Model.Graph.Nodes[0];
        float[] exact = constants[gemm.Inputs[1]].Values<float>().ToArray();
        bool transposed = gemm.IntAttribute("transB", 0) == 1;
        QuantizationParameters parameters = Plan.Activations["relu"].Parameters;
        double signal = 0,
            error = 0;
        foreach (Sample sample in Chosen)
        {
            float[] x = OutputValues.Floats(sample.Inputs["x"]);
            for (int column = 0; column < Width; column++)
            {
                float scale = weights.Scales[weights.Scales.Count > 1 ? column : 0];
                double sum = 0,
                    rounded = 0;
                for (int row = 0; row < Depth; row++)
                {
                    float weight = exact[transposed ? (column * Depth) + row : (row * Width) + column];
                    sum += x[row] * (double)weight;
                    rounded += x[row] * (double)(MathF.Round(weight / scale, MidpointRounding.ToEven) * scale);
                }
                double bias = gemm.Inputs.Count > 2 ? constants[gemm.Inputs[2]].Values<float>()[column] : 0;
                double expected = Math.Max(0, sum + bias);
                double steps = Math.Round(Math.Max(0, rounded + bias) / parameters.Scale, MidpointRounding.ToEven);
                double found = Math.Clamp(steps, 0, 255 - parameters.ZeroPoint) * parameters.Scale;
                signal += expected * expected;
                error += (expected - found) * (expected - found);
            }
        }

        // The bias is rounded, too, which is nothing beside the rest.
        Assert.Equal(10 * Math.Log10(signal / error), Of("relu").OwnSqnrDb!.Value, 0.1);
    }

    [Fact]
    public void An_input_is_only_rounded_and_what_is_behind_it_has_more_error()
    {
        Assert.Equal("", Of("x").Node);
        Assert.Equal(Of("x").SqnrDb!.Value, Of("x").OwnSqnrDb!.Value, 1e-9);
        Assert.Equal(Plan.Activations["x"].ExpectedSqnrDb, Of("x").PredictedSqnrDb!.Value);
        Assert.Equal(Of("x").SqnrDb!.Value, Of("x").PredictedSqnrDb!.Value, 2.0);
        Assert.True(Of("relu").SqnrDb < Of("relu").OwnSqnrDb);
    }

    [Fact]
    public void A_node_in_float_adds_none_and_what_disappears_into_a_kernel_is_not_told()
    {
        Assert.Null(Of("y").OwnSqnrDb);
        Assert.True(Of("y").SqnrDb > 0);
        Assert.DoesNotContain(Errors, error => error.Name == "first");
        Assert.Equal(["x", "relu", "second", "y"], Errors.Select(error => error.Name));
    }

    [Fact]
    public void Watching_leaves_the_integer_kernels_as_they_are()
    {
        PairedNetworks networks = PairedNetworks.Of(Network.Model, Int8);
        OnnxModel watched = ModelVariants.WithOutputs(networks.Int8, networks.Tensors.Select(tensor => tensor.Int8));

        Assert.Equal(Integers(Int8), Integers(watched));
        Assert.NotEmpty(Integers(Int8));

        static string[] Integers(OnnxModel model)
        {
            using OnnxModel optimized = OptimizedGraph.Of(model);
            return
            [
                .. optimized
                    .Graph.Nodes.Select(node => node.OpType)
                    .Where(type => type.StartsWith('Q') && type != "QuantizeLinear")
                    .Order(),
            ];
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing() => Assert.Equal(Errors, Measure(Network.Model, Int8, threads: 3));

    [Fact]
    public void Equal_networks_have_no_error()
    {
        Assert.All(Measure(Network.Model, Network.Model), error => Assert.Equal((null, null), (error.SqnrDb, error.OwnSqnrDb)));
    }

    [Theory]
    [InlineData(ElementType.Float16, 60, 75)]
    [InlineData(ElementType.Double, 130, 200)]
    public void Tensors_of_another_width_have_the_error_of_its_rounding(ElementType type, double least, double most)
    {
        // What rounding to 11 bits of significance costs; that of float32 in the sums, beside double.
        OnnxModel half = new GraphBuilder()
            .Input("x", [1, Depth])
            .Node("Cast", ["x"], ["wide"], NodeAttribute.Of("to", (long)type))
            .Node("Sigmoid", ["wide"], ["s"])
            .Node("Cast", ["s"], ["y"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Output("y")
            .Build();
        OnnxModel single = new GraphBuilder()
            .Input("x", [1, Depth])
            .Node("Cast", ["x"], ["wide"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Node("Sigmoid", ["wide"], ["s"])
            .Node("Cast", ["s"], ["y"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Output("y")
            .Build();

        IReadOnlyList<TensorError> errors = Measure(single, half),
            reversed = Measure(half, single);

        Assert.Equal(["wide", "s", "y"], errors.Select(error => error.Name));
        Assert.InRange(errors.Single(error => error.Name == "s").SqnrDb!.Value, least, most);
        Assert.Equal(
            errors.Single(error => error.Name == "s").SqnrDb!.Value,
            reversed.Single(error => error.Name == "s").SqnrDb!.Value,
            type == ElementType.Float16 ? 0.1 : 10
        );
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(8, 4)]
    [InlineData(80, 20)]
    [InlineData(2000, 32)]
    public void A_quarter_of_the_compared_samples_is_run(int compared, int run) => Assert.Equal(run, ErrorAlongNetwork.CountOf(compared));

    private static IEnumerable<Sample> Chosen
    {
        get
        {
            int count = ErrorAlongNetwork.CountOf(Network.Samples.Count);
            return Enumerable.Range(0, count).Select(i => Network.Samples[i * Network.Samples.Count / count]);
        }
    }

    private static TensorError Of(string tensor) => Errors.Single(error => error.Name == tensor);

    private static IReadOnlyList<TensorError> Measure(OnnxModel fp32, OnnxModel int8, int threads = 1) =>
        new ErrorAlongNetwork(
            PairedNetworks.Of(fp32, int8),
            new SampleWorkers(threads, CancellationToken.None),
            CancellationToken.None
        ).Measure(
            new SampleReader<Sample>(Network.Samples.Count, index => Network.Samples[index]),
            tensor => Plan.Activations.GetValueOrDefault(tensor)?.ExpectedSqnrDb,
            _ => { }
        );
}
