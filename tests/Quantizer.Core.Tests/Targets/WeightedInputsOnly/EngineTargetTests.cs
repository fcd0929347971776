using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Targets.WeightedInputsOnly;

public class EngineTargetTests
{
    private readonly QuantizedNetwork _network = QuantizedNetwork.Of(
        new GraphBuilder()
            .Input("x", [1, 3, 12, 12])
            .Conv("stem", "x", 3, 16)
            .Node("Relu", ["stem"], ["stem_relu"])
            .MaxPool("pool", "stem_relu")
            .Conv("left", "pool", 16, 16)
            .Node("Relu", ["left"], ["left_relu"])
            .Conv("right", "left_relu", 16, 16)
            .Node("Add", ["right", "pool"], ["sum"])
            .Node("GlobalAveragePool", ["sum"], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .MatMul("y", "flat", 16, 10)
            .Output("y")
            .Build(),
        target: new EngineTarget()
    );

    [Fact]
    public void Only_the_inputs_of_weighted_operators_are_quantized()
    {
        GraphIndex index = new(_network.Model.Graph);
        Node[] pairs = [.. _network.Model.Graph.Nodes.Where(node => node.Is("DequantizeLinear"))];

        Assert.Equal(
            ["flat", "left_relu", "pool", "x"],
            _network.Sites.Activations.Select(site => site.Tensor).Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(pairs);
        Assert.All(
            pairs.SelectMany(pair => index.ReadersOf(pair.Outputs[0])),
            reader => Assert.Contains(reader.OpType, (string[])["Conv", "MatMul"])
        );
        Assert.All(
            _network.Model.Graph.Nodes.Where(node => node.OpType is "Conv" or "MatMul"),
            node => Assert.True(_network.RunsOnIntegers(node.Name), node.Name)
        );
    }

    [Fact]
    public void All_integers_are_signed_with_a_zero_point_of_zero()
    {
        GraphIndex index = new(_network.Model.Graph);
        Node[] quantizing = [.. _network.Model.Graph.Nodes.Where(node => node.OpType is "QuantizeLinear" or "DequantizeLinear")];

        Assert.All(
            quantizing,
            node =>
            {
                Tensor zeroPoint = index.ConstantOf(node.Inputs[2])!;
                Assert.Equal(ElementType.Int8, zeroPoint.Type);
                Assert.All(zeroPoint.Values<sbyte>().ToArray(), value => Assert.Equal(0, value));
            }
        );
    }

    [Fact]
    public void Biases_stay_float()
    {
        GraphIndex index = new(_network.Model.Graph);

        Assert.All(
            _network.Model.Graph.Nodes.Where(node => node.Is("Conv")),
            node => Assert.Equal(ElementType.Float, index.ConstantOf(node.Inputs[2])!.Type)
        );
    }

    [Fact]
    public void The_model_runs_and_stays_close()
    {
        _network.AssertNoFindings();
        _network.AssertClose(25);
    }
}
