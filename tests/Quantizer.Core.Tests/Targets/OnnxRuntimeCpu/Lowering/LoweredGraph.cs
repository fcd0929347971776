using Quantizer.Core.Tests.Normalization;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>Lowers a small graph and checks at once that it still computes the same and that the source was left alone.</summary>
internal static class LoweredGraph
{
    /// <param name="tolerance">Of the output's largest magnitude; zero: bit for bit.</param>
    public static NormalizedModel Of(OnnxModel source, double tolerance = 0)
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        byte[] before = OnnxFile.ToBytes(normalized.Model);
        NormalizedModel lowered = QuantizationTarget.Default.Target.Lower(normalized, PlacementOptions.Default);
        Assert.NotSame(normalized, lowered);
        Assert.Equal(before, OnnxFile.ToBytes(normalized.Model));
        Equivalence.Assert(normalized.Model, lowered.Model, tolerance);
        // Later stages look tensors up by name.
        Assert.All(
            lowered.Graph.Nodes.SelectMany(node => node.Outputs),
            output => Assert.True(lowered.SampleTensors.ContainsKey(output), output)
        );
        return lowered;
    }

    /// <param name="activations">Where the ranges of activations come from.</param>
    public static void AssertKept(OnnxModel source, ActivationMode activations = ActivationMode.Automatic)
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        PlacementOptions options = new() { Activations = activations };
        Assert.Same(normalized, QuantizationTarget.Default.Target.Lower(normalized, options));
    }
}
