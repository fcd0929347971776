using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Ranges.Weights;

public class WeightPlannerTests
{
    private static readonly WeightOptions PerTensor = WeightOptions.Default with { Granularity = WeightGranularity.PerTensor };

    [Fact]
    public void Channels_are_gathered_along_any_axis()
    {
        // [2, 3, 2]: 0..11
        Tensor tensor = Tensor.FromFloats("w", [2, 3, 2], [.. Enumerable.Range(0, 12).Select(i => (float)i)]);

        Assert.Equal(
            [
                [0, 1, 2, 3, 4, 5],
                [6, 7, 8, 9, 10, 11],
            ],
            WeightPlanner.Channels(tensor, 0)
        );
        Assert.Equal(
            [
                [0, 1, 6, 7],
                [2, 3, 8, 9],
                [4, 5, 10, 11],
            ],
            WeightPlanner.Channels(tensor, 1)
        );
        Assert.Equal(
            [
                [0, 2, 4, 6, 8, 10],
                [1, 3, 5, 7, 9, 11],
            ],
            WeightPlanner.Channels(tensor, 2)
        );
    }

    [Fact]
    public void Each_output_channel_gets_its_own_scale()
    {
        Tensor weights = Tensor.FromFloats("w", [2, 3], [1f, -12.7f, 0f, 2.54f, 0.5f, -0.1f]);

        Assert.Equal([12.7f / 127f, 2.54f / 127f], Plan(Site(axis: 0), weights, 1f, null, WeightOptions.Default).Scales);
        Assert.Equal([2.54f / 127f, 12.7f / 127f, 0.1f / 127f], Plan(Site(axis: 1), weights, 1f, null, WeightOptions.Default).Scales);
        Assert.Equal([12.7f / 127f], Plan(Site(axis: 1), weights, 1f, null, PerTensor).Scales);
    }

    /// <summary>Of a large matrix some channels are gathered at a time.</summary>
    [Fact]
    public void Every_channel_of_a_large_matrix_gets_its_own_scale()
    {
        const int rows = 1 << 16,
            columns = 80;
        float[] values = new float[rows * columns];
        for (int column = 0; column < columns; column++)
            values[(long)(rows - 1 - column) * columns + column] = -(1f + column);
        Tensor weights = Tensor.FromFloats("w", [rows, columns], values);

        float[] scales = WeightPlanner.Scales(weights, 1, QuantizationScheme.Int8Symmetric, WeightOptions.Default);

        Assert.Equal(Enumerable.Range(0, columns).Select(column => (1f + column) / 127f), scales);
    }

    [Fact]
    public void The_bias_has_the_product_of_both_scales()
    {
        Tensor weights = Tensor.FromFloats("w", [2, 1], [12.7f, 2.54f]),
            bias = Tensor.FromFloats("b", [2], [1f, -3f]);

        WeightPlan plan = Plan(Site(axis: 0), weights, 0.25f, bias, WeightOptions.Default);

        Assert.Equal(plan.Scales.Select(scale => 0.25f * scale), plan.BiasScales);
        Assert.Equal([0.25f * (12.7f / 127f)], Plan(Site(axis: 0), weights, 0.25f, bias, PerTensor).BiasScales);
        Assert.Empty(Plan(Site(axis: 0), weights, 0.25f, null, WeightOptions.Default).BiasScales);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bias_that_would_overflow_makes_the_scale_coarser(bool perChannel)
    {
        // 1e-12 / 127 * 0.01: a bias of 50 would be 6e17 quanta.
        Tensor weights = Tensor.FromFloats("w", [1, 2], [1e-12f, -1e-13f]),
            bias = Tensor.FromFloats("b", [1], [50f]);

        WeightPlan plan = Plan(
            Site(axis: 0),
            weights,
            0.01f,
            bias,
            WeightOptions.Default with
            {
                Granularity = perChannel ? WeightGranularity.PerChannel : WeightGranularity.PerTensor,
            }
        );

        Assert.Equal(1 << 30, 50 / (double)Assert.Single(plan.BiasScales), 1024.0);
    }

    [Fact]
    public void A_channel_of_zeros_keeps_its_bias_exact()
    {
        Tensor weights = Tensor.FromFloats("w", [3, 2], [0f, 0f, 1f, 2f, 0f, 0f]),
            bias = Tensor.FromFloats("b", [3], [0.003f, 1f, 0f]);

        WeightPlan plan = Plan(Site(axis: 0), weights, 0.1f, bias, WeightOptions.Default);

        // A scale of one would round the bias to a multiple of 0.1.
        Assert.Equal(0.003, Math.Round(0.003f / (double)plan.BiasScales[0]) * plan.BiasScales[0], 1e-9);
        Assert.Equal(2f / 127f, plan.Scales[1]);
        Assert.All(plan.BiasScales, scale => Assert.True(float.IsNormal(scale)));
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-37f)]
    [InlineData(float.Epsilon)]
    public void A_channel_of_zeros_with_next_to_no_bias_has_a_usable_scale(float tiny)
    {
        WeightPlan plan = Plan(
            Site(axis: 0),
            Tensor.FromFloats("w", [1, 2], new float[2]),
            0.01f,
            Tensor.FromFloats("b", [1], [tiny]),
            WeightOptions.Default
        );

        Assert.True(float.IsNormal(plan.BiasScales[0]), $"{plan.BiasScales[0]}");
    }

    [Fact]
    public void A_channel_of_zeros_without_a_bias_has_scale_one() =>
        Assert.Equal([1f], Plan(Site(axis: 0), Tensor.FromFloats("w", [1, 2], new float[2]), 0.1f, null, WeightOptions.Default).Scales);

    private static WeightPlan Plan(WeightSite site, Tensor weights, float activationScale, Tensor? bias, WeightOptions options) =>
        WeightPlanner.Plan(site, WeightPlanner.Scales(weights, site.Axis, site.Scheme, options), activationScale, bias);

    private static WeightSite Site(int axis) => new("node", 1, "w", axis, QuantizationScheme.Int8Symmetric, "x", null);
}
