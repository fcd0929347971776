using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Placement;

public class IntegerShareTests
{
    [Theory]
    [InlineData(false, 1.0)]
    [InlineData(true, 256.0 / (256 + 128))]
    public void It_is_of_the_bytes_of_all_constants(bool isSecondInFloat, double share)
    {
        OnnxModel model = ModelNormalizer
            .Normalize(
                new GraphBuilder()
                    .Input("x", [1, 256])
                    .Gemm("first", "x", 256, 256, bias: false)
                    .Gemm("second", "first", 256, 128, bias: false)
                    .Output("second")
                    .Build()
            )
            .Model;

        QuantizationSites sites = Placer.Place(
            model.Graph,
            TensorShapes.OfBatch(model),
            QuantizationTarget.Default.Target,
            PlacementOptions.Default with
            {
                Float = isSecondInFloat ? new Dictionary<string, string> { [model.Graph.Nodes[^1].Name] = "asked" } : [],
            }
        );

        Assert.Equal(share, sites.IntegerShareOf(model.Graph), 1e-9);
    }
}
