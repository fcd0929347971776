using CsCheck;
using Google.Protobuf;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class FuzzTests
{
    private const int Iterations = 3000;
    private static readonly byte[] Small = OnnxFile.ToBytes(SmallModel());
    private static readonly byte[] Everything = FilledMessages.WithValues().ToByteArray();

    [Fact]
    public void A_truncated_model_is_read_or_refused() =>
        Gen.Int[0, Small.Length - 1].Sample(length => AssertReadOrRefused(Small[..length]), iter: Iterations);

    [Fact]
    public void A_model_with_changed_bytes_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Small.Length - 1], Gen.Byte)
            .Array[1, 6]
            .Sample(changes => AssertReadOrRefused(Changed(Small, changes)), iter: Iterations);

    [Fact]
    public void A_model_with_every_field_and_changed_bytes_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Everything.Length - 1], Gen.Byte)
            .Array[1, 6]
            .Sample(changes => AssertReadOrRefused(Changed(Everything, changes)), iter: 200);

    [Fact]
    public void A_model_with_a_piece_cut_out_or_doubled_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Small.Length], Gen.Int[0, Small.Length])
            .Sample((to, from) => AssertReadOrRefused([.. Small[..to], .. Small[from..]]), iter: Iterations);

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(AssertReadOrRefused, iter: Iterations);

    // What is read can also be written, and says the same when it is read again.
    private static void AssertReadOrRefused(byte[] bytes)
    {
        OnnxModel model;
        try
        {
            model = OnnxFile.Parse(bytes, "fuzz");
        }
        catch (ModelFormatException)
        {
            return;
        }
        byte[] written = OnnxFile.ToBytes(model);
        Assert.Equal(written, OnnxFile.ToBytes(OnnxFile.Parse(written, "again")));
    }

    private static byte[] Changed(byte[] bytes, (int At, byte Value)[] changes)
    {
        byte[] changed = [.. bytes];
        foreach ((int at, byte value) in changes)
            changed[at] = value;
        return changed;
    }

    private static OnnxModel SmallModel() =>
        new GraphBuilder()
            .Input("x", ["batch", 2])
            .Constant("w", [2, 2], [1f, 2f, 3f, 4f])
            .Constant(new Tensor("typed", ElementType.Int64, [2], new byte[16]) { Storage = TensorStorage.Typed })
            .Node("MatMul", ["x", "w"], ["h"])
            .Node(
                "If",
                ["h"],
                ["y"],
                NodeAttribute.Of("then_branch", new GraphBuilder().Node("Relu", ["h"], ["r"]).Output("r").BuildGraph())
            )
            .Node(
                "LRN",
                ["y"],
                ["z"],
                NodeAttribute.Of("size", 3),
                NodeAttribute.Of("alpha", 0.5f),
                NodeAttribute.Of("s", "text"),
                NodeAttribute.Of("axes", [1L, 2L])
            )
            .Output("z", [Dimension.Unknown, 2])
            .Build();
}
