using Google.Protobuf;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Normalization;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.Core.Tests.Normalization.Repairs;

public sealed class FunctionInliningTests
{
    [Fact]
    public void A_call_becomes_the_functions_nodes_under_the_users_names()
    {
        NormalizedModel normalized = Inlined(
            [new Node("F", ["x"], ["y"], "call", "local")],
            Function("F", ["a"], ["b"], Call("Sin", ["a"], ["s"]), Call("Tanh", ["s"], ["b"]))
        );

        Assert.Equal("Sin Tanh", normalized.Operators());
        Assert.All(normalized.Graph.Nodes, node => Assert.Equal(["call"], normalized.UserNodes[node.Name]));
        Assert.DoesNotContain(normalized.Model.OperatorSets, set => set.Domain == "local");
    }

    [Fact]
    public void Names_inside_a_function_clash_with_none_outside_and_none_of_another_call()
    {
        NormalizedModel normalized = Inlined(
            [
                new Node("Sin", ["x"], ["s"], "outer"),
                new Node("F", ["s"], ["t"], "first", "local"),
                new Node("F", ["t"], ["y"], "second", "local"),
            ],
            // 's' is another tensor inside than outside, and the formal input has the name of the graph's.
            Function("F", ["x"], ["y"], Call("Abs", ["x"], ["s"]), Call("Add", ["s", "x"], ["y"]))
        );

        Assert.Equal("Sin Abs Add Abs Add", normalized.Operators());
    }

    [Fact]
    public void Functions_call_functions()
    {
        NormalizedModel normalized = Inlined(
            [new Node("Outer", ["x"], ["y"], "call", "local")],
            Function("Outer", ["a"], ["b"], Call("Inner", ["a"], ["t"], "local"), Call("Inner", ["t"], ["b"], "local")),
            Function("Inner", ["a"], ["b"], Call("Sin", ["a"], ["b"]))
        );

        Assert.Equal("Sin Sin", normalized.Operators());
    }

    [Fact]
    public void Attributes_are_those_of_the_call_then_the_functions_defaults_then_the_operators()
    {
        FunctionProto function = Function(
            "F",
            ["a"],
            ["b"],
            Referring(Call("LeakyRelu", ["a"], ["l"]), "alpha", "slope"),
            Referring(Call("Elu", ["l"], ["e"]), "alpha", "size"),
            Referring(Call("LeakyRelu", ["e"], ["b"]), "alpha", "missing")
        );
        function.Attribute.Add(["slope", "missing"]);
        function.AttributeProto.Add(
            new AttributeProto
            {
                Name = "size",
                Type = Kind.Float,
                F = 0.75f,
            }
        );
        Node call = new("F", ["x"], ["y"], "call", "local") { Attributes = [NodeAttribute.Of("slope", 0.5f)] };

        NormalizedModel normalized = Inlined([call], function);

        Assert.Equal("LeakyRelu Elu LeakyRelu", normalized.Operators());
        Assert.Equal(0.5f, normalized.Graph.Nodes[0].FloatAttribute("alpha", 0));
        Assert.Equal(0.75f, normalized.Graph.Nodes[1].FloatAttribute("alpha", 0));
        Assert.Null(normalized.Graph.Nodes[2].Attribute("alpha"));
    }

    [Fact]
    public void An_attribute_goes_down_through_two_functions()
    {
        NormalizedModel normalized = Inlined(
            [new Node("Outer", ["x"], ["y"], "call", "local") { Attributes = [NodeAttribute.Of("slope", 0.5f)] }],
            WithAttribute(Function("Outer", ["a"], ["b"], Referring(Call("Inner", ["a"], ["b"], "local"), "alpha", "slope")), "slope"),
            WithAttribute(Function("Inner", ["a"], ["b"], Referring(Call("LeakyRelu", ["a"], ["b"]), "alpha", "alpha")), "alpha")
        );

        Assert.Equal(0.5f, Assert.Single(normalized.Graph.Nodes).FloatAttribute("alpha", 0));
    }

    [Fact]
    public void Branches_inside_a_function_read_its_tensors_and_what_they_declare_hides_nothing()
    {
        GraphProto branch = new()
        {
            Name = "branch",
            // 'x' of the graph around the call must not be taken for this one.
            Node = { Call("Sin", ["t"], ["x"]), Referring(Call("LeakyRelu", ["x"], ["r"]), "alpha", "slope") },
            Output = { new ValueInfoProto { Name = "r" } },
        };
        NodeProto choice = Call("If", ["c"], ["b"]);
        foreach (string name in new[] { "then_branch", "else_branch" })
        {
            choice.Attribute.Add(
                new AttributeProto
                {
                    Name = name,
                    Type = Kind.Graph,
                    G = branch.Clone(),
                }
            );
        }
        NodeProto sum = Call("ReduceSum", ["t"], ["total"]);
        sum.Attribute.Add(
            new AttributeProto
            {
                Name = "keepdims",
                Type = Kind.Int,
                I = 0,
            }
        );
        NodeProto cast = Call("Cast", ["total"], ["c"]);
        cast.Attribute.Add(
            new AttributeProto
            {
                Name = "to",
                Type = Kind.Int,
                I = (long)ElementType.Bool,
            }
        );

        NormalizedModel normalized = Inlined(
            [new Node("F", ["x"], ["y"], "call", "local") { Attributes = [NodeAttribute.Of("slope", 0.5f)] }],
            WithAttribute(Function("F", ["a"], ["b"], Call("Abs", ["a"], ["t"]), sum, cast, choice), "slope")
        );

        Assert.Equal("Abs ReduceSum Cast If", normalized.Operators());
    }

    [Fact]
    public void An_input_handed_through_and_an_omitted_one_keep_their_meaning()
    {
        // ONNX Runtime refuses such calls, ONNX allows them.
        OnnxModel plain = new GraphBuilder()
            .Input("x", [4])
            .Node("Clip", ["x"], ["t"])
            .Node("Add", ["t", "x"], ["y"])
            .Output("y", [4])
            .Build();

        NormalizedModel normalized = ModelNormalizer.Normalize(
            Calling(
                [new Node("F", ["x"], ["t", "same"], "call", "local"), new Node("Add", ["t", "same"], ["y"], "sum")],
                Function("F", ["a", "low"], ["b", "a"], Call("Clip", ["a", "low"], ["b"]))
            )
        );

        Assert.Equal("Clip Add", normalized.Operators());
        Equivalence.Assert(plain, normalized.Model);
    }

    private static NormalizedModel Inlined(Node[] nodes, params FunctionProto[] functions) => NormalizedGraph.Of(Calling(nodes, functions));

    private static OnnxModel Calling(Node[] nodes, params FunctionProto[] functions)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", [4]);
        foreach (Node node in nodes)
            builder.Node(node);
        OnnxModel model = builder.Output("y", [4]).Build();
        model.OperatorSets.Add(new OperatorSet("local", 1));
        model.Preserved = new PreservedFields(new ModelProto { Functions = { functions } }.ToByteArray());
        return model;
    }

    private static FunctionProto Function(string name, string[] inputs, string[] outputs, params NodeProto[] nodes) =>
        new()
        {
            Name = name,
            Domain = "local",
            Input = { inputs },
            Output = { outputs },
            Node = { nodes },
            OpsetImport =
            {
                new OperatorSetIdProto { Version = 17 },
                new OperatorSetIdProto { Domain = "local", Version = 1 },
            },
        };

    private static NodeProto Call(string opType, string[] inputs, string[] outputs, string domain = "") =>
        new()
        {
            OpType = opType,
            Domain = domain,
            Input = { inputs },
            Output = { outputs },
        };

    private static NodeProto Referring(NodeProto node, string attribute, string reference)
    {
        node.Attribute.Add(
            new AttributeProto
            {
                Name = attribute,
                Type = Kind.Float,
                RefAttrName = reference,
            }
        );
        return node;
    }

    private static FunctionProto WithAttribute(FunctionProto function, string name)
    {
        function.Attribute.Add(name);
        return function;
    }
}
