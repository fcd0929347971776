using System.Text;
using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.Graphs.Tests.Serialization.Codecs;

public sealed class AttributeCodecTests
{
    [Fact]
    public void Every_kind_that_stages_look_at_is_read()
    {
        Node node = Read(
            new AttributeProto
            {
                Name = "i",
                Type = Kind.Int,
                I = -3,
            },
            new AttributeProto
            {
                Name = "f",
                Type = Kind.Float,
                F = 0.5f,
            },
            new AttributeProto
            {
                Name = "s",
                Type = Kind.String,
                S = ByteString.CopyFromUtf8("SAME_UPPER"),
            },
            new AttributeProto
            {
                Name = "is",
                Type = Kind.Ints,
                Ints = { 1, 2 },
            },
            new AttributeProto
            {
                Name = "fs",
                Type = Kind.Floats,
                Floats = { 1, 2 },
            },
            new AttributeProto
            {
                Name = "ss",
                Type = Kind.Strings,
                Strings = { ByteString.CopyFromUtf8("a") },
            },
            new AttributeProto
            {
                Name = "t",
                Type = Kind.Tensor,
                T = new TensorProto
                {
                    Dims = { 1 },
                    DataType = 6,
                    RawData = ByteString.CopyFrom(7, 0, 0, 0),
                },
            },
            new AttributeProto
            {
                Name = "g",
                Type = Kind.Graph,
                G = new GraphProto { Name = "body" },
            }
        );

        Assert.Equal(-3, node.IntAttribute("i", 0));
        Assert.Equal(0.5f, node.FloatAttribute("f", 0));
        Assert.Equal("SAME_UPPER", node.StringAttribute("s", ""));
        Assert.Equal([1, 2], node.IntsAttribute("is")!);
        Assert.Equal([1f, 2f], Assert.IsType<AttributeValue.FloatList>(node.Attribute("fs")!.Value).Values);
        Assert.Equal("a", Encoding.UTF8.GetString(Assert.IsType<AttributeValue.StringList>(node.Attribute("ss")!.Value).Values[0].Span));
        Assert.Equal([7], Assert.IsType<AttributeValue.OfTensor>(node.Attribute("t")!.Value).Value.Values<int>().ToArray());
        Assert.Equal("body", Assert.Single(node.Subgraphs).Name);
    }

    [Fact]
    public void A_string_that_is_not_utf8_keeps_its_bytes() =>
        AssertUnchanged(
            new AttributeProto
            {
                Name = "s",
                Type = Kind.String,
                S = ByteString.CopyFrom(0xFF, 0x00, 0xC3),
            }
        );

    [Fact]
    public void A_type_without_a_value_is_the_default_and_stays_so()
    {
        AttributeProto omitted = new() { Name = "axis", Type = Kind.Int };

        Assert.Equal(0, Read(omitted).IntAttribute("axis", absent: -1));
        AssertUnchanged(omitted);
    }

    [Fact]
    public void A_new_attribute_of_value_zero_says_so()
    {
        using OnnxModel model = new GraphBuilder().Node("Softmax", ["x"], ["y"], NodeAttribute.Of("axis", 0)).Build();

        Assert.True(RoundTripTests.Write(model).Graph.Node[0].Attribute[0].HasI);
    }

    [Fact]
    public void A_missing_type_is_inferred_and_written()
    {
        AttributeProto[] untyped =
        [
            new() { Name = "a", I = 0 },
            new() { Name = "b", F = 1 },
            new() { Name = "c", S = ByteString.CopyFromUtf8("x") },
            new() { Name = "d", T = new TensorProto() },
            new() { Name = "e", G = new GraphProto() },
            new() { Name = "f", Floats = { 1 } },
            new() { Name = "g", Ints = { 1 } },
            new() { Name = "h", Strings = { ByteString.Empty } },
            new() { Name = "i", Graphs = { new GraphProto() } },
        ];
        using OnnxModel model = RoundTripTests.Parse(Model(untyped));

        Assert.Equal(
            [Kind.Int, Kind.Float, Kind.String, Kind.Tensor, Kind.Graph, Kind.Floats, Kind.Ints, Kind.Strings, Kind.Graphs],
            RoundTripTests.Write(model).Graph.Node[0].Attribute.Select(attribute => attribute.Type)
        );
    }

    [Fact]
    public void Kinds_nobody_looks_at_are_opaque_and_unchanged()
    {
        AttributeProto[] opaque =
        [
            new()
            {
                Name = "a",
                Type = Kind.Tensors,
                Tensors =
                {
                    new TensorProto
                    {
                        Dims = { 1 },
                        DataType = 2,
                        RawData = ByteString.CopyFrom(1),
                    },
                },
            },
            new()
            {
                Name = "b",
                Type = Kind.SparseTensor,
                SparseTensor = new SparseTensorProto { Dims = { 3 } },
            },
            new()
            {
                Name = "c",
                Type = Kind.TypeProto,
                Tp = new TypeProto { Denotation = "IMAGE" },
            },
            new() { Name = "e", Type = (Kind)99 },
            new() { Name = "f", Type = Kind.Tensor },
        ];

        Assert.All(Read(opaque).Attributes, attribute => Assert.IsType<AttributeValue.Opaque>(attribute.Value));
        AssertUnchanged(opaque);
    }

    [Fact]
    public void What_stands_for_an_attribute_of_the_function_is_told_by_its_name()
    {
        AttributeProto[] reference =
        [
            new()
            {
                Name = "d",
                Type = Kind.Int,
                RefAttrName = "alpha",
            },
        ];

        Assert.Equal("alpha", Assert.IsType<AttributeValue.Reference>(Assert.Single(Read(reference).Attributes).Value).Name);
        AssertUnchanged(reference);
    }

    [Fact]
    public void A_second_value_beside_the_one_of_the_type_survives() =>
        AssertUnchanged(
            new AttributeProto
            {
                Name = "a",
                Type = Kind.Int,
                I = 1,
                T = new TensorProto
                {
                    Dims = { 2 },
                    DataType = 2,
                    RawData = ByteString.CopyFrom(1, 2),
                },
            }
        );

    [Fact]
    public void An_opaque_value_that_is_replaced_is_gone()
    {
        using OnnxModel model = RoundTripTests.Parse(
            Model(
                new AttributeProto
                {
                    Name = "a",
                    Type = Kind.TypeProto,
                    Tp = new TypeProto(),
                }
            )
        );
        Node node = model.Graph.Nodes[0];
        node.Set(node.Attributes[0] with { Value = new AttributeValue.Int(5) });

        Assert.Equal(
            [
                new AttributeProto
                {
                    Name = "a",
                    Type = Kind.Int,
                    I = 5,
                },
            ],
            RoundTripTests.Write(model).Graph.Node[0].Attribute
        );
    }

    private static ModelProto Model(params AttributeProto[] attributes) =>
        new()
        {
            IrVersion = 8,
            Graph = new GraphProto
            {
                Node =
                {
                    new NodeProto { OpType = "Op", Attribute = { attributes } },
                },
            },
        };

    private static Node Read(params AttributeProto[] attributes) => RoundTripTests.Parse(Model(attributes)).Graph.Nodes[0];

    private static void AssertUnchanged(params AttributeProto[] attributes) => RoundTripTests.AssertUnchanged(Model(attributes));
}
