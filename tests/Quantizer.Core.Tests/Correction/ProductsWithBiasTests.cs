using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Correction;

/// <summary>Linear layers of fixed ranges, each one operator in the file: correction sees product and Add apart.</summary>
public class ProductsWithBiasTests
{
    [Fact]
    public void Their_weights_and_biases_are_corrected()
    {
        Study study = Study.OfSmooth(
            new GraphBuilder()
                .Input("x", [1, 8, 256])
                .MatMul("h", "x", 256, 128)
                .Constant("h_b", [128], Layers.Weights(128, 100, "h_b"))
                .Node("Add", ["h", "h_b"], ["biased"])
                .Node("Relu", ["biased"], ["r"])
                .MatMul("last", "r", 128, 256)
                .Constant("y_b", [256], Layers.Weights(256, 100, "y_b"))
                .Node("Add", ["last", "y_b"], ["y"])
                .Output("y")
                .Build()
        );
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        // Coarse steps, so that there is something to make up for.
        plan = plan with
        {
            Weights = [.. plan.Weights.Select(weights => weights with { Scales = [.. weights.Scales.Select(scale => 6 * scale)] })],
        };
        Assert.Equal(2, plan.Weights.Count(weights => weights.Site.Bias is { IsInProduct: true }));

        CorrectionResult corrected = BiasCorrection.Run(
            new CorrectionSubject(study.Model, plan, study.Reference, null) { RoundsWeights = true, Macs = 0 },
            1,
            _ => { },
            CancellationToken.None
        )!;

        Assert.True(corrected.IsTaken);
        Assert.Equal((2, 2), (corrected.Layers, corrected.Rounded));
        Assert.True(corrected.AfterDb > corrected.BeforeDb + 1, $"{corrected.BeforeDb} -> {corrected.AfterDb}");
        Graph before = GraphRewriter.Rewrite(study.Model, plan).Graph,
            after = GraphRewriter.Rewrite(study.Model, corrected.Plan).Graph;
        Assert.Equal(2, after.Nodes.Count(node => node.OpType == "MatMulIntegerToFloat"));
        Assert.Equal(before.Nodes.Select(node => node.OpType), after.Nodes.Select(node => node.OpType));
        Assert.NotEqual(Bytes(before, "h_b_float"), Bytes(after, "h_b_float"));
        Assert.NotEqual(Bytes(before, "h_w_quantized"), Bytes(after, "h_w_quantized"));
    }

    private static byte[] Bytes(Graph graph, string constant) =>
        graph.Initializers.Single(tensor => tensor.Name == constant).Data.ToArray();
}
