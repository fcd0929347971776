using Quantizer.Findings;
using Quantizer.Pipeline.Reports;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public class FormFindingsTests
{
    [Fact]
    public void Stored_weights_that_cost_time_are_told_with_the_spread() =>
        Assert.Equal(
            FindingKind.SlowerThanFloat.Of(
                "latency",
                "With its weights stored as integers the network is slower than in FP32 here (0.92x ±0.01).",
                "Deploy the FP32 model on this processor unless its size matters."
            ),
            Assert.Single(OfStoredSpeed(0.92, spread: 0.01))
        );

    [Theory]
    [InlineData(0.98, 0.05)]
    [InlineData(1.0, 0.0)]
    [InlineData(1.3, 0.01)]
    public void Stored_weights_that_cost_no_time_surely_are_not(double speedup, double spread) =>
        Assert.Empty(OfStoredSpeed(speedup, spread));

    [Theory]
    [InlineData(1000, 250, 0, false, "it is 4.0 times smaller, and computes as FP32 does.")]
    [InlineData(1000, 990, 0, false, "it is hardly smaller, and computes as FP32 does.")]
    [InlineData(1000, 1001, 0, false, "it is larger, and computes as FP32 does.")]
    // Weights of 4 bits were asked for, and no weight could have them.
    [InlineData(1000, 250, 0, true, "None is in blocks of 4 bits: those are for matrix products of the main graph.")]
    [InlineData(1000, 125, 7, true, "7 of them in blocks of 4 bits: the file is 8.0 times smaller.")]
    public void What_stored_weights_save_is_told(long fp32, long int8, int blocks, bool areBlocksAsked, string part) =>
        Assert.Contains(part, FormFindings.OnlyStored(new SizeReport(fp32, int8), blocks, areBlocksAsked).Message);

    [Fact]
    public void A_form_that_was_asked_for_and_not_made_is_told_with_a_reason()
    {
        NodePlacement[] nodes = [new("Relu_r", "Relu", NodeForm.Float, "no"), new("MatMul_y", "MatMul", NodeForm.Stored, "it is small")];

        Assert.Equal(
            FindingKind.AskedFormNotMade.Of(
                "activations",
                "--activations static was asked for, and no node computes so: none can, or none gains by it ('MatMul_y': it is small).",
                "See the reason of each node with --verbose."
            ),
            Assert.Single(FormFindings.NotAsAsked(ActivationMode.Static, nodes))
        );
        Assert.Empty(FormFindings.NotAsAsked(ActivationMode.Automatic, nodes));
        Assert.Empty(FormFindings.NotAsAsked(ActivationMode.None, nodes));
    }

    private static IEnumerable<Finding> OfStoredSpeed(double speedup, double spread) =>
        FormFindings.OfStoredSpeed(new LatencyReport(1, speedup, 1, speedup, spread));
}
