using Google.Protobuf;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class FunctionOperatorsTests
{
    [Fact]
    public void Nodes_of_functions_and_of_their_subgraphs_are_found()
    {
        NodeProto branch = new()
        {
            OpType = "If",
            Attribute =
            {
                new AttributeProto
                {
                    Name = "then_branch",
                    G = new GraphProto { Node = { new NodeProto { OpType = "MatMulInteger" } } },
                },
            },
        };
        FunctionProto function = new()
        {
            Name = "F",
            Domain = "own",
            Node =
            {
                branch,
                new NodeProto { OpType = "MatMulNBits", Domain = "com.microsoft" },
            },
        };
        ModelProto proto = new()
        {
            IrVersion = 8,
            Graph = new GraphProto { Node = { new NodeProto { OpType = "Relu" } } },
            Functions = { function },
        };

        using OnnxModel model = OnnxFile.Parse(proto.ToByteArray(), "model");

        Assert.Equal([("", "If"), ("", "MatMulInteger"), ("com.microsoft", "MatMulNBits")], FunctionOperators.Of(model));
    }

    [Fact]
    public void A_model_without_functions_has_none() =>
        Assert.Empty(FunctionOperators.Of(new GraphBuilder().Node("Relu", ["x"], ["y"]).Build()));
}
