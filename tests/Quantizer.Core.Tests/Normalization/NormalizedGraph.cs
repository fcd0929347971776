using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Normalization.Opsets;

namespace Quantizer.Core.Tests.Normalization;

/// <summary>Normalizes a small graph and checks at once that it still computes the same and that the source was left alone.</summary>
internal static class NormalizedGraph
{
    public static NormalizedModel Of(OnnxModel source, double tolerance = 1e-5, long leastOpset = OpsetUpgrade.Target)
    {
        byte[] before = OnnxFile.ToBytes(source);
        NormalizedModel normalized = ModelNormalizer.Normalize(source, leastOpset);
        Assert.Equal(before, OnnxFile.ToBytes(source));
        Equivalence.Assert(source, normalized.Model, tolerance);
        return normalized;
    }

    /// <summary>A graph of an old operator set with the one output "y", brought to the set that older ones are brought to.</summary>
    public static NormalizedModel Upgraded(GraphBuilder builder)
    {
        NormalizedModel normalized = Of(builder.Output("y").Build());
        Assert.Equal(13, normalized.Model.Opset);
        Assert.Equal(8, normalized.Model.IrVersion);
        return normalized;
    }

    /// <summary>The operators in graph order: "Conv Relu".</summary>
    public static string Operators(this NormalizedModel model) => string.Join(' ', model.Graph.Nodes.Select(node => node.OpType));

    public static Tensor Constant(this NormalizedModel model, string name) =>
        model.Graph.Initializers.Single(tensor => tensor.Name == name);

    /// <summary>Seeded values in -1 to 1.</summary>
    public static float[] Values(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
