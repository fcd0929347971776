using Quantizer.Core.Tests.Search;
using Quantizer.Graphs.Serialization;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Rewriting;

public class RoundedWeightsTests
{
    [Fact]
    public void What_was_rounded_for_other_plans_does_not_show()
    {
        Study network = Study.LongTails;
        QuantizationPlan[] plans =
        [
            .. new[] { "minmax", "mse", "percentile:99" }.SelectMany(selector =>
                new[] { network.MinMax, network.SquaredError }.Select(planner => planner.Plan(RangeMethod.Parse(selector).Selectors[0]))
            ),
        ];
        RoundedWeights rounded = new();

        foreach (QuantizationPlan plan in plans.Concat(plans.Reverse()))
        {
            Assert.Equal(
                OnnxFile.ToBytes(GraphRewriter.Rewrite(network.Model, plan)),
                OnnxFile.ToBytes(GraphRewriter.Rewrite(network.Model, plan, rounded))
            );
        }
    }

    [Fact]
    public void Weights_with_the_same_scales_are_rounded_once()
    {
        Study network = Study.LongTails;
        RoundedWeights rounded = new();
        QuantizationPlan one = network.MinMax.Plan(RangeMethod.Parse("minmax").Selectors[0]),
            other = network.MinMax.Plan(RangeMethod.Parse("mse").Selectors[0]);
        string weights = one.Weights[0].Site.Tensor + "_quantized";

        ReadOnlyMemory<byte> first = DataOf(one),
            second = DataOf(other);

        Assert.True(first.Equals(second));

        ReadOnlyMemory<byte> DataOf(QuantizationPlan plan) =>
            GraphRewriter.Rewrite(network.Model, plan, rounded).Graph.Initializers.Single(tensor => tensor.Name == weights).Data;
    }
}
