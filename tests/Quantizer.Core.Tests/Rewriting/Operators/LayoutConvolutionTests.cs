using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Rewriting;
using Quantizer.Targets.OnnxRuntimeCpu.Edits;

namespace Quantizer.Core.Tests.Rewriting.Operators;

public class LayoutConvolutionTests
{
    private static readonly long[] PictureShape = [1, 3, 8, 8];

    [Fact]
    public void A_float_stem_in_front_of_residual_blocks_changes_its_layout_once_and_no_value()
    {
        OnnxModel source = StemAndBlocks(channels: 32);
        QuantizedNetwork network = QuantizedNetwork.Of(source);
        OnnxModel without = GraphRewriter.Rewrite(
            ModelNormalizer.Normalize(source).Model,
            network.Plan with
            {
                Sites = network.Sites with { Edits = network.Sites.Edits with { Pairs = [] } },
            }
        );

        Assert.Equal([new LayoutConvolution("stem_relu", 32)], network.Sites.Edits.Pairs);
        Assert.True(
            Transposes(network.Model) < Transposes(without),
            $"{Transposes(network.Model)} transposes with it, {Transposes(without)} without."
        );
        Assert.Equal(Outputs(without), Outputs(network.Model));
        network.AssertNoFindings();
    }

    [Fact]
    public void Channels_that_do_not_fit_the_depthwise_kernel_are_left_as_they_are() =>
        Assert.Empty(QuantizedNetwork.Of(StemAndBlocks(channels: 24)).Sites.Edits.Pairs);

    [Fact]
    public void A_stem_that_only_convolutions_read_needs_none()
    {
        OnnxModel chain = new GraphBuilder()
            .Input("x", [1, 3, 8, 8])
            .Conv("stem", "x", 3, 32)
            .Node("Relu", ["stem"], ["stem_relu"])
            .Conv("body", "stem_relu", 32, 32)
            .Conv("last", "body", 32, 32)
            .Output("last")
            .Build();

        Assert.Empty(QuantizedNetwork.Of(chain).Sites.Edits.Pairs);
    }

    private static OnnxModel StemAndBlocks(int channels) =>
        new GraphBuilder()
            .Input("x", [1, 3, 8, 8])
            .Conv("stem", "x", 3, channels)
            .Node("Relu", ["stem"], ["stem_relu"])
            .Conv("branch", "stem_relu", channels, channels)
            .Node("Add", ["branch", "stem_relu"], ["sum"])
            .Conv("branch2", "sum", channels, channels)
            .Node("Add", ["branch2", "sum"], ["sum2"])
            .Conv("last", "sum2", channels, channels)
            .Output("last")
            .Build();

    private static int Transposes(OnnxModel model) => OptimizedGraph.Of(model).Graph.Nodes.Count(node => node.OpType == "Transpose");

    private static float[] Outputs(OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        float[] values = SmallNetworks.Values((int)PictureShape.Aggregate(1L, (product, size) => product * size), seed: 7);
        return session
            .Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(PictureShape, values) })["last"]
            .Floats.ToArray();
    }
}
