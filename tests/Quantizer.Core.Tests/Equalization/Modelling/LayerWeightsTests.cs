using Quantizer.Equalization.Modelling;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Equalization.Modelling;

public class LayerWeightsTests
{
    [Theory]
    [InlineData(100, 100, 1.0)]
    [InlineData(640, 256, 2.5)]
    public void Of_many_outputs_some_stand_for_all(int outputs, int rows, double outputsPerRow)
    {
        const int inputs = 3;
        Graph graph = new()
        {
            Initializers = [Tensor.FromFloats("w", [inputs, outputs], [.. Enumerable.Range(0, inputs * outputs).Select(i => -1f - i)])],
            Nodes = [new Node("MatMul", ["x", "w"], ["y"], "layer")],
        };

        LayerWeights layer = LayerWeights.Of(graph.Nodes[0], new GraphIndex(graph))!;

        Assert.Equal(rows * inputs, layer.Largest.Length);
        Assert.Equal(outputsPerRow, layer.OutputsPerRow);
        // The rows are outputs spread over all: the weight at [input, output] has the magnitude 1 + input * outputs + output.
        Assert.Equal([1f, 1f + outputs, 1f + 2 * outputs], layer.Largest[..inputs]);
        int last = (int)((long)(rows - 1) * outputs / rows);
        Assert.Equal(1f + last, layer.Largest[(rows - 1) * inputs]);
        // Energies are those of all outputs.
        Assert.Equal(Enumerable.Range(1, outputs).Sum(value => (double)value * value), layer.Squares[0]);
    }
}
