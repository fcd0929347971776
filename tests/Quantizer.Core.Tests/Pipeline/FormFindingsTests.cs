using Quantizer.Findings;
using Quantizer.Pipeline;
using Quantizer.Reporting;

namespace Quantizer.Core.Tests.Pipeline;

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

    private static IEnumerable<Finding> OfStoredSpeed(double speedup, double spread) =>
        FormFindings.OfStoredSpeed(new LatencyReport(1, speedup, 1, speedup, spread));
}
