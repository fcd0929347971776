using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Tests.Serialization.Codecs;

public sealed class TypedDataTests
{
    // Element type, elements, entries of its field, and the raw bytes they mean, computed by hand.
    public static TheoryData<ElementType, int, int[], string> Int32Fields =>
        new()
        {
            { ElementType.Int32, 2, [1, -2], "01000000FEFFFFFF" },
            { ElementType.Int16, 2, [1, -2], "0100FEFF" },
            { ElementType.UInt16, 2, [1, 65534], "0100FEFF" },
            { ElementType.Int8, 3, [1, -2, -128], "01FE80" },
            { ElementType.UInt8, 2, [0, 255], "00FF" },
            { ElementType.Bool, 2, [0, 1], "0001" },
            { ElementType.Float16, 2, [0x3C00, 0xC000], "003C00C0" },
            { ElementType.BFloat16, 1, [0xBF80], "80BF" },
            { ElementType.Float8E4M3FN, 1, [0xFE], "FE" },
            { ElementType.Float8E4M3FNUZ, 1, [0xFE], "FE" },
            { ElementType.Float8E5M2, 1, [0xFE], "FE" },
            { ElementType.Float8E5M2FNUZ, 1, [0xFE], "FE" },
            { ElementType.Float8E8M0, 1, [0x7F], "7F" },
            { ElementType.UInt4, 3, [0xF1, 0x02], "F102" },
            { ElementType.Int4, 3, [0xF1, 0x02], "F102" },
            { ElementType.Float4E2M1, 3, [0xF1, 0x02], "F102" },
            { ElementType.UInt2, 5, [0xE4, 0x03], "E403" },
            { ElementType.Int2, 5, [0xE4, 0x03], "E403" },
        };

    [Theory]
    [MemberData(nameof(Int32Fields))]
    public void Int32_data_becomes_raw_bytes_and_goes_back(ElementType type, int elements, int[] entries, string expected)
    {
        TensorProto tensor = new()
        {
            Name = "t",
            DataType = (int)type,
            Dims = { elements },
            Int32Data = { entries },
        };

        AssertReadsAs(expected, tensor);
    }

    [Theory]
    [MemberData(nameof(Int32Fields))]
    public void A_new_typed_tensor_is_written_with_the_entries_that_its_bytes_mean(
        ElementType type,
        int elements,
        int[] entries,
        string raw
    )
    {
        Tensor tensor = new("t", type, [elements], Convert.FromHexString(raw)) { Storage = TensorStorage.Typed };
        using OnnxModel model = new GraphBuilder().Constant(tensor).Build();

        TensorProto written = RoundTripTests.Write(model).Graph.Initializer[0];

        Assert.Equal(entries, written.Int32Data);
        Assert.False(written.HasRawData);
    }

    [Fact]
    public void Every_element_type_with_a_fixed_width_has_a_typed_field_and_a_test()
    {
        ElementType[] others =
        [
            ElementType.Float,
            ElementType.Double,
            ElementType.Complex64,
            ElementType.Complex128,
            ElementType.Int64,
            ElementType.UInt32,
            ElementType.UInt64,
        ];

        Assert.Equal(
            Enum.GetValues<ElementType>().Where(type => ElementSizes.BitsOf(type) > 0),
            Int32Fields.Select(row => (ElementType)row[0]).Concat(others).Order()
        );
    }

    [Fact]
    public void Float_data_becomes_raw_bytes_and_goes_back()
    {
        AssertReadsAs(
            "0000803F000000C0",
            new TensorProto
            {
                DataType = (int)ElementType.Float,
                Dims = { 2 },
                FloatData = { 1f, -2f },
            }
        );
        AssertReadsAs(
            "0000803F000000C0",
            new TensorProto
            {
                DataType = (int)ElementType.Complex64,
                Dims = { 1 },
                FloatData = { 1f, -2f },
            }
        );
    }

    [Fact]
    public void Double_data_becomes_raw_bytes_and_goes_back()
    {
        AssertReadsAs(
            "000000000000F03F00000000000000C0",
            new TensorProto
            {
                DataType = (int)ElementType.Double,
                Dims = { 2 },
                DoubleData = { 1, -2 },
            }
        );
        AssertReadsAs(
            "000000000000F03F00000000000000C0",
            new TensorProto
            {
                DataType = (int)ElementType.Complex128,
                Dims = { 1 },
                DoubleData = { 1, -2 },
            }
        );
    }

    [Fact]
    public void Integers_of_32_and_64_bits_become_raw_bytes_and_go_back()
    {
        AssertReadsAs(
            "FEFFFFFFFFFFFFFF",
            new TensorProto
            {
                DataType = (int)ElementType.Int64,
                Dims = { 1 },
                Int64Data = { -2 },
            }
        );
        AssertReadsAs(
            "FFFFFFFFFFFFFFFF",
            new TensorProto
            {
                DataType = (int)ElementType.UInt64,
                Dims = { 1 },
                Uint64Data = { ulong.MaxValue },
            }
        );
        AssertReadsAs(
            "FFFFFFFF",
            new TensorProto
            {
                DataType = (int)ElementType.UInt32,
                Dims = { 1 },
                Uint64Data = { uint.MaxValue },
            }
        );
    }

    [Fact]
    public void Strings_keep_bytes_that_are_not_utf8()
    {
        TensorProto proto = new()
        {
            DataType = (int)ElementType.String,
            Dims = { 2 },
            StringData = { ByteString.CopyFrom(0xFF, 0x41), ByteString.Empty },
        };

        Tensor tensor = Read(proto);

        Assert.Equal([0xFF, 0x41], tensor.Strings![0].ToArray());
        Assert.True(tensor.Strings[1].IsEmpty);
        AssertUnchanged(proto);
    }

    [Theory]
    [InlineData(ElementType.Int8, 200)]
    [InlineData(ElementType.UInt8, -1)]
    [InlineData(ElementType.Float16, -1)]
    public void A_value_out_of_range_wraps_as_in_the_runtime_and_is_written_back_as_it_was(ElementType type, int value)
    {
        TensorProto proto = new()
        {
            DataType = (int)type,
            Dims = { 1 },
            Int32Data = { value },
        };

        Assert.Equal(unchecked((byte)value), Read(proto).Data.Span[0]);
        AssertUnchanged(proto);
    }

    [Fact]
    public void Raw_data_wins_over_typed_data_and_both_survive()
    {
        TensorProto proto = new()
        {
            DataType = (int)ElementType.UInt8,
            Dims = { 1 },
            RawData = ByteString.CopyFrom(5),
            Int32Data = { 6 },
        };

        Assert.Equal(5, Read(proto).Data.Span[0]);
        AssertUnchanged(proto);
    }

    [Fact]
    public void A_scalar_and_an_empty_tensor_are_read()
    {
        Assert.Equal(1, Read(new TensorProto { DataType = (int)ElementType.Float, FloatData = { 3f } }).ElementCount);
        Assert.Equal(0, Read(new TensorProto { DataType = (int)ElementType.Float, Dims = { 0, 4 } }).ElementCount);
        AssertUnchanged(new TensorProto { DataType = (int)ElementType.Float, Dims = { 0, 4 } });
        AssertUnchanged(
            new TensorProto
            {
                DataType = (int)ElementType.Float,
                Dims = { 0, 4 },
                RawData = ByteString.Empty,
            }
        );
    }

    [Fact]
    public void An_element_type_of_a_newer_version_passes_through()
    {
        AssertUnchanged(
            new TensorProto
            {
                DataType = 77,
                Dims = { 3 },
                RawData = ByteString.CopyFrom(1, 2),
            }
        );
        AssertUnchanged(
            new TensorProto
            {
                DataType = 77,
                Dims = { 3 },
                Int32Data = { 1, 2, 3 },
            }
        );
    }

    private static void AssertReadsAs(string expected, TensorProto proto)
    {
        Tensor tensor = Read(proto);
        Assert.Equal(expected, Convert.ToHexString(tensor.Data.Span));
        Assert.Equal(TensorStorage.Typed, tensor.Storage);
        AssertUnchanged(proto);
    }

    private static Tensor Read(TensorProto proto) => Assert.Single(RoundTripTests.Parse(Model(proto)).Graph.Initializers);

    private static void AssertUnchanged(TensorProto proto) => RoundTripTests.AssertUnchanged(Model(proto));

    private static ModelProto Model(TensorProto tensor) =>
        new()
        {
            IrVersion = 8,
            Graph = new GraphProto { Initializer = { tensor } },
        };
}
