using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;

namespace Quantizer.Core.Tests.Correction.Rounding;

public class RoundingGainTests
{
    [Theory]
    [InlineData("convolution")]
    [InlineData("linear")]
    public void Weights_that_make_up_for_each_other_gain_more_than_biases_alone(string kind)
    {
        // Nothing is clipped, and activations are fine enough: what is lost, weights lose.
        Study study = RoundedLayer.StudyOf(kind, [8, 8]);
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        plan = plan with { Weights = [.. plan.Weights.Select(Coarser)] };

        CorrectionResult biases = Correct(study, plan, rounds: false),
            both = Correct(study, plan, rounds: true);

        Assert.True(both.IsTaken);
        Assert.True(both.AfterDb > biases.AfterDb + 0.5, $"{biases.AfterDb} -> {both.AfterDb}");
        Assert.Equal(both.Plan.Weights.Count(weights => weights.Integers is not null), both.Rounded);
        Assert.NotEqual(0, both.Rounded);
        Assert.All(biases.Plan.Weights, weights => Assert.Null(weights.Integers));
    }

    /// <summary>With four times the step.</summary>
    private static WeightPlan Coarser(WeightPlan weights) =>
        weights with
        {
            Scales = [.. weights.Scales.Select(scale => 4 * scale)],
            BiasScales = [.. weights.BiasScales.Select(scale => 4 * scale)],
        };

    private static CorrectionResult Correct(Study study, QuantizationPlan plan, bool rounds) =>
        BiasCorrection.Run(
            new CorrectionSubject(study.Model, plan, study.Reference, null) { RoundsWeights = rounds, Macs = 0 },
            threads: 2,
            _ => { },
            CancellationToken.None
        )!;
}
