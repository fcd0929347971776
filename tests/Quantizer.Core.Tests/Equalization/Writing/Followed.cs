using Quantizer.Core.Tests.Execution;
using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Flows;
using Quantizer.Equalization.Writing;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Core.Tests.Equalization.Writing;

/// <summary>A network whose channels were followed.</summary>
internal sealed record Followed(OnnxModel Model, ChannelFlow Flow)
{
    /// <param name="source">A network with one input "x" of fixed shape.</param>
    public static Followed Of(OnnxModel source)
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        return new Followed(
            normalized.Model,
            ChannelFlow.Of(
                normalized.Graph,
                tensor =>
                    normalized.SampleTensors.TryGetValue(tensor, out TensorSignature? signature)
                    && signature.Shape?.All(axis => axis.Size is not null) == true
                        ? [.. signature.Shape.Select(axis => axis.Size!.Value)]
                        : null
            )
        );
    }

    /// <summary>Whether every channel of a tensor must keep its scale.</summary>
    public bool IsLocked(string tensor) => Flow.LayoutOf(tensor)!.Variables.All(Flow.Variables.IsLocked);

    /// <summary>The variables of a tensor's channels.</summary>
    public IReadOnlyList<int> VariablesOf(string tensor) => [.. Flow.LayoutOf(tensor)!.Variables.Select(Flow.Variables.Root)];

    /// <summary>Every variable gets a scale of its own, between a sixteenth and sixteen.</summary>
    public ChannelScales RandomScales(int seed) =>
        ChannelScales.Of(Flow.Variables, [.. SmallNetworks.Values(Flow.Variables.Count, seed).Select(value => 4.0 * value)]);

    /// <summary>Asserts that with random scales inside, the outputs stay what they are but for the rounding of floats.</summary>
    /// <returns>The scaled model.</returns>
    public OnnxModel AssertExact(int seed = 3)
    {
        ChannelScales scales = RandomScales(seed);
        Assert.True(Enumerable.Range(0, Flow.Variables.Count).Any(variable => scales[variable] != 1), "No channel can be scaled.");
        OnnxModel scaled = ScaledModel.Of(Model, Flow, scales)!;
        Assert.Equal(Model.Graph.Nodes.Select(node => node.Name), scaled.Graph.Nodes.Select(node => node.Name));
        float[][] expected = OutputsOf(Model),
            actual = OutputsOf(scaled);
        for (int output = 0; output < expected.Length; output++)
        {
            double signal = expected[output].Sum(value => (double)value * value),
                error = expected[output].Zip(actual[output], (one, other) => (double)(one - other) * (one - other)).Sum();
            Assert.True(signal > 0, "The output is zero.");
            // 24 bits are 144 dB; each layer loses a little.
            Assert.InRange(10 * Math.Log10(signal / Math.Max(error, double.Epsilon)), 100, double.PositiveInfinity);
        }
        return scaled;
    }

    private static float[][] OutputsOf(OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        long[] shape = [.. model.Graph.Inputs[0].Shape!.Select(axis => axis.Size ?? 1)];
        int length = (int)shape.Aggregate(1L, (product, size) => product * size);
        IReadOnlyDictionary<string, TensorValue> results = session.Run(
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(shape, SmallNetworks.Values(length, seed: 11)) }
        );
        return [.. session.Outputs.Select(output => OutputValues.Floats(results[output.Name]))];
    }
}
