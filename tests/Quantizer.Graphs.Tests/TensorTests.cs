namespace Quantizer.Graphs.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Values_are_kept_as_little_endian_bytes()
    {
        Assert.Equal([0x00, 0x00, 0x80, 0x3F], Tensor.FromFloats("t", [1], [1f]).Data.ToArray());
        Assert.Equal([0xFE, 0xFF, 0xFF, 0xFF], Tensor.FromInt32s("t", [1], [-2]).Data.ToArray());
        Assert.Equal([0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Tensor.FromInt64s("t", [1], [-2]).Data.ToArray());
        Assert.Equal([0xFE], Tensor.FromInt8s("t", [1], [-2]).Data.ToArray());
        Assert.Equal([1f], Tensor.FromFloats("t", [1], [1f]).Values<float>().ToArray());
    }

    [Fact]
    public void The_elements_of_a_scalar_of_an_empty_tensor_and_of_a_matrix_are_counted()
    {
        Assert.Equal(1, Tensor.FromFloats("t", [], [1f]).ElementCount);
        Assert.Equal(0, Tensor.FromFloats("t", [0, 3], []).ElementCount);
        Assert.Equal(6, Tensor.FromFloats("t", [2, 3], new float[6]).ElementCount);
    }

    [Fact]
    public void A_renamed_tensor_keeps_all_but_its_name()
    {
        Tensor tensor = new("a", ElementType.String, [1], default)
        {
            Strings = ["x"u8.ToArray()],
            Storage = TensorStorage.Typed,
            ExternalLocation = "w.bin",
            DocString = "doc",
            Preserved = new PreservedFields(new byte[] { 1 }),
        };

        Tensor renamed = tensor.Renamed("b");

        Assert.Equal("b", renamed.Name);
        Assert.Equal(
            (tensor.Type, tensor.Strings, tensor.Storage, tensor.ExternalLocation, tensor.DocString, tensor.Preserved),
            (renamed.Type, renamed.Strings, renamed.Storage, renamed.ExternalLocation, renamed.DocString, renamed.Preserved)
        );
        Assert.Equal([1], renamed.Dimensions);
    }

    [Theory]
    [InlineData(ElementType.Float, 3, 12)]
    [InlineData(ElementType.Int64, 3, 24)]
    [InlineData(ElementType.Complex128, 3, 48)]
    [InlineData(ElementType.Float16, 3, 6)]
    [InlineData(ElementType.Bool, 3, 3)]
    [InlineData(ElementType.Int4, 3, 2)]
    [InlineData(ElementType.UInt2, 5, 2)]
    [InlineData(ElementType.String, 3, 0)]
    public void Raw_data_packs_types_below_a_byte(ElementType type, long elements, long bytes) =>
        Assert.Equal(bytes, ElementSizes.BytesOf(type, elements));
}
