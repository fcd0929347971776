using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

public class FoldedConstantsTests
{
    private const int Side = 8192;

    /// <summary>Never looked into: no page of it is touched.</summary>
    private static readonly byte[] Bytes = new byte[Side * Side];

    [Theory]
    [InlineData("Cast", 5, true)]
    [InlineData("DequantizeLinear", 5, true)]
    [InlineData("Cast", 4, false)]
    public void A_gigabyte_of_constants_in_float_is_much(string decoding, int constants, bool isMuch)
    {
        OnnxModel model = Stored(decoding, constants).Build();

        Assert.Equal(isMuch, FoldedConstants.AreMuch(model));
        Assert.Equal(isMuch ? OptimizationLevel.None : OptimizationLevel.All, FoldedConstants.OptionsFor(model).Level);
    }

    /// <summary>Which kernels run is then worth the memory.</summary>
    [Theory]
    [InlineData("MatMulInteger")]
    [InlineData("QuantizeLinear")]
    [InlineData("DynamicQuantizeLSTM")]
    public void They_are_not_where_anything_computes_on_integers(string operatorType) =>
        Assert.False(FoldedConstants.AreMuch(Stored("Cast", 5).Node(operatorType, ["x"], ["integers"]).Build()));

    [Fact]
    public void Other_makers_files_may_be_unsound()
    {
        OnnxModel model = Stored("Cast", 1).Node("Cast", [], ["nothing"]).Build();
        model.Graph.Initializers.Add(model.Graph.Initializers[0]);

        Assert.False(FoldedConstants.AreMuch(model));
    }

    private static GraphBuilder Stored(string decoding, int constants)
    {
        GraphBuilder graph = new GraphBuilder().Input("x", [1, Side]);
        for (int i = 0; i < constants; i++)
        {
            graph.Constant(new Tensor($"w{i}", ElementType.Int8, [Side, Side], Bytes)).Node(decoding, [$"w{i}"], [$"w{i}_float"]);
        }
        return graph;
    }
}
