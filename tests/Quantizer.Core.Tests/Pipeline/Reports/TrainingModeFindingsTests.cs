using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Pipeline.Reports;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public class TrainingModeFindingsTests
{
    [Fact]
    public void A_model_that_normalizes_by_the_batch_or_drops_values_is_told()
    {
        Finding finding = Assert.Single(TrainingModeFindings.Of(Network(training: true)));

        Assert.Equal("QZ210", finding.Code);
        Assert.Contains("(BatchNormalization, Dropout)", finding.Message, StringComparison.Ordinal);
        Assert.Contains("model.eval()", finding.Remedy, StringComparison.Ordinal);
        Assert.Empty(TrainingModeFindings.Of(Network(training: false)));
    }

    [Fact]
    public void A_Dropout_that_drops_nothing_is_none()
    {
        Graph graph = Network(training: true, ratio: 0);

        Assert.DoesNotContain("Dropout", Assert.Single(TrainingModeFindings.Of(graph)).Message, StringComparison.Ordinal);
    }

    private static Graph Network(bool training, float ratio = 0.5f) =>
        new GraphBuilder(opset: 17)
            .Input("x", [4, 3])
            .Constant("one", [3], [1, 1, 1])
            .Constant("zero", [3], new float[3])
            .Constant("ratio", [], [ratio])
            .Node("BatchNormalization", ["x", "one", "zero", "zero", "one"], ["n"], NodeAttribute.Of("training_mode", training ? 1L : 0L))
            .Constant(new Tensor("training", ElementType.Bool, [], new byte[] { training ? (byte)1 : (byte)0 }))
            .Node("Dropout", ["n", "ratio", "training"], ["y"])
            .Output("y")
            .Build()
            .Graph;
}
