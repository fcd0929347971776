using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Weights;
using Quantizer.Search.Trials;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Search.Trials;

public class StructureKeyTests
{
    [Fact]
    public void Scales_of_stored_constants_tell_plans_apart_because_they_are_folded()
    {
        Assert.NotEqual(Key(ActivationMode.None, WeightRangeMethod.MinMax), Key(ActivationMode.None, WeightRangeMethod.SquaredError));
        Assert.Equal(Key(ActivationMode.None, WeightRangeMethod.MinMax), Key(ActivationMode.None, WeightRangeMethod.MinMax));
    }

    [Fact]
    public void Scales_of_integer_weights_are_only_numbers()
    {
        Assert.Equal(Key(ActivationMode.Static, WeightRangeMethod.MinMax), Key(ActivationMode.Static, WeightRangeMethod.SquaredError));
    }

    [Fact]
    public void Numbers_inside_bodies_tell_plans_apart_because_none_are_put_there()
    {
        Graph Branch(string name) => new GraphBuilder().MatMul(name, "x", 128, 128).Output(name).BuildGraph();
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 128])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["peak", "peak"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", Branch("p")), NodeAttribute.Of("else_branch", Branch("q")))
            .Output("y")
            .Build();

        Assert.NotEqual(
            Key(ActivationMode.Dynamic, WeightRangeMethod.MinMax, model),
            Key(ActivationMode.Dynamic, WeightRangeMethod.SquaredError, model)
        );
    }

    private static string Key(ActivationMode mode, WeightRangeMethod ranges, OnnxModel? of = null)
    {
        OnnxModel model = of ?? new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("y", "x", 16, 32).Output("y").Build();
        QuantizedNetwork network = QuantizedNetwork.Of(
            model,
            PlacementOptions.Default with
            {
                Activations = mode,
            },
            new WeightOptions(WeightGranularity.PerChannel, ranges)
        );
        return StructureKey.Of(network.Model.Graph, QuantizationTarget.Default.Target);
    }
}
