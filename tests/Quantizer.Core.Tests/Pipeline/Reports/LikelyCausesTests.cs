using Quantizer.Findings;
using Quantizer.Pipeline.Reports;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>Whoever reads that answers differ has read why.</summary>
public class LikelyCausesTests
{
    private static readonly Finding Slow = FindingKind.SlowKernel.Of("pool", "Slow.", "Exclude it.");
    private static readonly Finding Below = FindingKind.BelowFloor.Of("accuracy", "Agree on only 92 %.", RunFindings.Improve);
    private static readonly Finding Less = FindingKind.LessOftenRight.Of("accuracy", "Drops.", RunFindings.Improve);
    private static readonly Finding Cut = FindingKind.CutSums.Of("conv", "Sums are cut off.", "Quantize on such a processor.");

    [Fact]
    public void A_cause_stands_before_general_advice_and_in_its_place()
    {
        const string Named = "Mend the likely cause first: QZ312.";

        Assert.Equal(
            [Slow, Cut, Below with { Remedy = Named }, Less with { Remedy = Named }],
            LikelyCauses.First([Slow, Below, Less, Cut])
        );
    }

    [Fact]
    public void Without_a_cause_or_without_harm_nothing_changes()
    {
        Assert.Equal([Slow, Below, Less], LikelyCauses.First([Slow, Below, Less]));
        Assert.Equal([Slow, Cut], LikelyCauses.First([Slow, Cut]));
        // What has a remedy of its own keeps it.
        Finding floor = Below with
        {
            Remedy = "Raise --floor-seconds.",
        };
        Assert.Equal([floor, Cut], LikelyCauses.First([floor, Cut]));
    }
}
