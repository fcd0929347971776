using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Fallback;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Search;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Fallback;

public sealed class CostMeasurementTests
{
    private const int Width = 512;

    private static readonly CostBudget Everything = new(Samples: 8, Alone: int.MaxValue, GivenBack: int.MaxValue);

    private static MeasuredNetwork Outlier =>
        new(OutlierNetwork.Build(), ArraySamples.Of(OutlierNetwork.Samples, [1, OutlierNetwork.Width], OutlierNetwork.EditSample));

    /// <summary>Weights that are whole multiples of their scale: one of 127 in each channel, and beside it nothing that sums of 16 bits
    /// could not hold.</summary>
    private static OnnxModel Exact
    {
        get
        {
            Random random = new(3);
            float[] first = new float[Width * Width],
                last = new float[Width * Width];
            for (int i = 0; i < first.Length; i++)
            {
                int row = i / Width;
                (first[i], last[i]) = row switch
                {
                    0 => (127 / 128f, -127 / 128f),
                    1 => (0, 0),
                    _ => (random.Next(-60, 61) / 128f, random.Next(-60, 61) / 128f),
                };
            }
            return new GraphBuilder()
                .Input("x", [1, Width])
                .Constant("first", [Width, Width], first)
                .Node("Gemm", ["x", "first"], ["hidden"])
                .Node("Relu", ["hidden"], ["positive"])
                .Constant("last", [Width, Width], last)
                .Node("Gemm", ["positive", "last"], ["y"])
                .Output("y", [1, Width])
                .Build();
        }
    }

    /// <summary>A layer alone has the ranges that it has in the network: half of all values lie outside of those that the second one would
    /// get for an input that is in float.</summary>
    [Fact]
    public void The_layer_that_loses_nearly_everything_is_the_costliest_and_giving_it_back_gains_the_most()
    {
        MeasuredCosts costs = Outlier.Measure(Everything);

        Assert.Equal(["Gemm_hidden", "Gemm_y"], costs.Layers.Select(layer => layer.Node));
        Assert.True(costs.Layers[0].AloneDb < costs.Layers[1].AloneDb - 10, $"{costs.Layers[0]} and {costs.Layers[1]}");
        Assert.Equal(costs.WholeDb!.Value, costs.Layers[0].AloneDb, 1.0);
        Assert.True(costs.Layers[0].GivenBackDb > 10, $"{costs.Layers[0]}");
        Assert.InRange(costs.Layers[1].GivenBackDb!.Value, -1, 1);
    }

    [Fact]
    public void Weights_that_integers_hold_exactly_cost_nothing_and_activations_cost_all()
    {
        MeasuredCosts costs = new MeasuredNetwork(Exact, Samples).Measure(Everything);

        Assert.True(costs.WeightsDb > 110, $"{costs.WeightsDb}");
        Assert.InRange(costs.WholeDb!.Value, 20, 60);
        Assert.Equal(costs.WholeDb.Value, costs.ActivationsDb!.Value, 0.5);
    }

    [Fact]
    public void Weights_that_integers_do_not_hold_cost_what_the_network_costs_where_its_activations_stay_in_float()
    {
        MeasuredCosts costs = new MeasuredNetwork(OutlierNetwork.Build(), Inputs(OutlierNetwork.Width), ActivationMode.None).Measure(
            Everything
        );

        Assert.InRange(costs.WeightsDb!.Value, 20, 60);
        Assert.Equal(costs.WholeDb!.Value, costs.WeightsDb.Value, 1e-3);
        Assert.Null(costs.ActivationsDb);
    }

    [Fact]
    public void Ranges_of_each_run_cost_by_their_activations_too()
    {
        MeasuredCosts costs = new MeasuredNetwork(Exact, Samples, ActivationMode.Dynamic).Measure(Everything);

        Assert.True(costs.WeightsDb > 110, $"{costs.WeightsDb}");
        Assert.InRange(costs.WholeDb!.Value, 20, 60);
        Assert.Equal(costs.WholeDb.Value, costs.ActivationsDb!.Value, 0.5);
    }

    [Fact]
    public void The_budget_says_how_many_layers_are_measured_and_given_back()
    {
        MeasuredCosts costs = Outlier.Measure(new CostBudget(Samples: 2, Alone: 1, GivenBack: 0));

        Assert.Equal(2, costs.Samples);
        Assert.Equal(["Gemm_hidden"], costs.Layers.Select(layer => layer.Node));
        Assert.Null(costs.Layers[0].GivenBackDb);
    }

    /// <summary>It is only made a convolution, and that only gains in integers, where its neighbours are integers.</summary>
    [Fact]
    public void A_layer_that_is_in_integers_only_between_others_is_left_out()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 16, 16])
            .Conv("first", "x", 16, 32)
            .Node("AveragePool", ["first"], ["pooled"], NodeAttribute.Of("kernel_shape", [2, 2]), NodeAttribute.Of("strides", [2, 2]))
            .Conv("last", "pooled", 32, 32)
            .Output("last", [1, 32, 8, 8])
            .Build();
        MeasuredNetwork network = new(model, ArraySamples.Random(8, [1, 16, 16, 16]));

        MeasuredCosts costs = network.Measure(Everything);

        Assert.Equal(3, network.Calibrated.Placed.Sites.WeightedNodes.Count);
        Assert.Equal(["Conv_first", "Conv_last"], costs.Layers.Select(layer => layer.Node).Order());
    }

    [Fact]
    public void The_number_of_threads_changes_no_digit()
    {
        MeasuredCosts one = Outlier.Measure(Everything, threads: 1),
            two = Outlier.Measure(Everything, threads: 2);

        Assert.Equal(one.Layers, two.Layers);
        Assert.Equal(one with { Layers = [] }, two with { Layers = [] });
    }

    [Fact]
    public void The_most_that_a_report_tells_is_the_most_that_the_judge_gives() =>
        Assert.Equal(OutputReference.MostDb, Quantizer.Reporting.Details.OutputCosts.MostDb);

    private static ArraySamples Samples => Inputs(Width);

    private static ArraySamples Inputs(int width) => ArraySamples.Random(16, [1, width]);
}
