using Quantizer.Graphs.Serialization.Wire;
using WireDimension = Quantizer.Graphs.Serialization.Wire.TensorShapeProto.Types.Dimension;

namespace Quantizer.Graphs.Tests.Serialization.Codecs;

public sealed class ValueInfoCodecTests
{
    [Fact]
    public void Sizes_symbols_and_every_way_to_say_unknown_are_read()
    {
        ValueInfoProto proto = Declared(
            new WireDimension { DimValue = 3 },
            new WireDimension { DimParam = "batch" },
            new WireDimension(),
            new WireDimension { DimParam = "" },
            new WireDimension { DimValue = -1 },
            new WireDimension { DimValue = 0 }
        );

        Assert.Equal([3, "batch", Dimension.Unknown, Dimension.Unknown, Dimension.Unknown, 0], Read(proto).Shape!);
        AssertUnchanged(proto);
    }

    [Fact]
    public void An_unknown_rank_differs_from_a_scalar()
    {
        ValueInfoProto unranked = new()
        {
            Name = "x",
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } },
        };

        Assert.Null(Read(unranked).Shape);
        Assert.Empty(Read(Declared()).Shape!);
        AssertUnchanged(unranked);
        AssertUnchanged(Declared());
    }

    [Fact]
    public void A_changed_shape_keeps_the_denotations_of_the_axes_that_stay()
    {
        ValueInfoProto proto = Declared(
            new WireDimension { DimParam = "N", Denotation = "DATA_BATCH" },
            new WireDimension { DimValue = 3 },
            new WireDimension()
        );
        using OnnxModel model = RoundTripTests.Parse(Model(proto));
        model.Graph.Inputs[0].Shape = [8, "C"];
        model.Graph.Inputs[0].Type = ElementType.UInt8;

        ValueInfoProto written = RoundTripTests.Write(model).Graph.Input[0];

        Assert.Equal((int)ElementType.UInt8, written.Type.TensorType.ElemType);
        Assert.Equal(
            [new WireDimension { DimValue = 8, Denotation = "DATA_BATCH" }, new WireDimension { DimParam = "C" }],
            written.Type.TensorType.Shape.Dim
        );
    }

    [Fact]
    public void A_shape_taken_away_is_gone()
    {
        using OnnxModel model = RoundTripTests.Parse(Model(Declared(new WireDimension { DimValue = 3 })));
        model.Graph.Inputs[0].Shape = null;

        Assert.Null(RoundTripTests.Write(model).Graph.Input[0].Type.TensorType.Shape);
    }

    [Fact]
    public void Types_that_are_no_dense_tensors_pass_through()
    {
        TypeProto tensor = new() { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } };
        TypeProto[] types =
        [
            new() { SequenceType = new TypeProto.Types.Sequence { ElemType = tensor } },
            new()
            {
                MapType = new TypeProto.Types.Map { KeyType = 7, ValueType = tensor },
            },
            new() { OptionalType = new TypeProto.Types.Optional { ElemType = tensor } },
            new()
            {
                SparseTensorType = new TypeProto.Types.SparseTensor { ElemType = 1, Shape = new TensorShapeProto() },
            },
            new()
            {
                OpaqueType = new TypeProto.Types.Opaque { Domain = "d", Name = "n" },
            },
            new() { Denotation = "IMAGE" },
        ];

        foreach (TypeProto type in types)
        {
            ValueInfoProto proto = new() { Name = "x", Type = type };
            Assert.Equal(ElementType.Undefined, Read(proto).Type);
            AssertUnchanged(proto);
        }
        AssertUnchanged(new ValueInfoProto { Name = "undeclared" });
    }

    private static ValueInfoProto Declared(params WireDimension[] dimensions) =>
        new()
        {
            Name = "x",
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = 1,
                    Shape = new TensorShapeProto { Dim = { dimensions } },
                },
            },
        };

    private static ModelProto Model(ValueInfoProto value) =>
        new()
        {
            IrVersion = 8,
            Graph = new GraphProto { Input = { value } },
        };

    private static ValueInfo Read(ValueInfoProto proto) => RoundTripTests.Parse(Model(proto)).Graph.Inputs[0];

    private static void AssertUnchanged(ValueInfoProto proto) => RoundTripTests.AssertUnchanged(Model(proto));
}
