using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Speed;
using Quantizer.Targets;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Speed;

/// <summary>Three convolutions, one behind the other.</summary>
public class MeasuredFormsTests
{
    private static readonly PlacedModel Placed = Placer.Place(
        ModelNormalizer.Normalize(ThreeConvolutions.Build()),
        QuantizationTarget.Default.Target
    );

    [Fact]
    public void What_is_slow_in_integers_is_given_back_where_that_is_worth_the_ways()
    {
        // In integers 12, and 4 for the ways of input and output; the middle in float saves 9, and two more ways of 2 take 4.
        MeasuredForms measured = Measured(between: 4, integers: [1, 10, 1], floats: [50, 1, 50]);

        FastestForms worth = measured.Fastest(caution: 1),
            dear = measured.Fastest(caution: 3);

        Assert.Equal(["Conv_b"], worth.Float);
        Assert.Equal((16, 11), (worth.Now, worth.Then));
        Assert.Empty(dear.Float);
        Assert.Equal((24, 24), (dear.Now, dear.Then));
    }

    [Fact]
    public void Where_all_is_faster_in_float_nothing_is_left()
    {
        FastestForms forms = Measured(between: 4, integers: [1, 10, 1], floats: [2, 1, 2]).Fastest(caution: 1);

        Assert.Equal(["Conv_a", "Conv_b", "Conv_c"], forms.Float);
        Assert.Equal(5, forms.Then);
    }

    [Fact]
    public void Where_integers_are_faster_nothing_changes()
    {
        FastestForms forms = Measured(between: 4, integers: [1, 1, 1], floats: [9, 9, 9]).Fastest(caution: 1);

        Assert.Empty(forms.Float);
        Assert.Equal(forms.Now, forms.Then);
    }

    [Fact]
    public void Every_convolution_is_timed_in_both_forms()
    {
        using OnnxModel quantized = ThreeConvolutions.Quantize(Placed);
        GraphIndex index = new(quantized.Graph);

        NodeTimes integers = Times(quantized, node => IntegerWeights.Of(node, index)),
            floats = Times(Placed.Lowered.Model, _ => null);

        Assert.All(["Conv_a", "Conv_b", "Conv_c"], node => Assert.True(integers.Of(node) > 0 && floats.Of(node) > 0, node));
        // Values are rounded at the input, and turned back at the output.
        Assert.True(integers.Between > 0);
    }

    private static NodeTimes Times(OnnxModel model, Func<Node, string?> weightsOf) =>
        Placed.Target.TimesOf(model, weightsOf, ThreeConvolutions.Sample, CancellationToken.None)!;

    private static MeasuredForms Measured(double between, double[] integers, double[] floats) =>
        new(Placed, Of(integers, between), Of(floats, 0), _ => ThreeConvolutions.Elements);

    private static NodeTimes Of(double[] times, double between) =>
        new(
            new Dictionary<string, double>
            {
                ["Conv_a"] = times[0],
                ["Conv_b"] = times[1],
                ["Conv_c"] = times[2],
            },
            between
        );
}
