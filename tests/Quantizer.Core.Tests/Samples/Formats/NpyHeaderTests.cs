using System.IO.Compression;
using CsCheck;
using Quantizer.Graphs;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Formats;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples.Formats;

public sealed class NpyHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", 1)]
    [InlineData("{\"shape\":(3,4),\"descr\":\"<f4\",\"fortran_order\":False}", 2)]
    [InlineData("{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 3L , 4L ) }", 3)]
    public void Every_way_to_write_a_header_is_read(string text, byte version)
    {
        byte[] file = NumPy.File(text, [], version);
        using MemoryStream stream = new(file);

        NpyHeader header = NpyHeader.Read(stream, "x");

        Assert.Equal(ElementType.Float, header.Type);
        Assert.Equal([3, 4], header.Shape);
        Assert.Equal((file.Length, 48), (header.ByteLength, header.DataLength));
        Assert.Equal(file.Length, stream.Position);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "objects are never loaded")]
    [InlineData("{'descr': '<U7', 'fortran_order': False, 'shape': (1,), }", "element type '<U7'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "element type '<c8'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured array")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "more than any file holds")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1), }", "the file holds fewer")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "no 'shape'")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "neither True nor False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", "an entry 'more'")]
    [InlineData("{'descr': '<f4", "not closed")]
    [InlineData("", "no '{'")]
    public void Hostile_headers_are_refused_with_the_reason(string text, string expected)
    {
        byte[] array = NumPy.File(text, [0, 0, 0, 0]);

        Assert.Contains(expected, Refusal(_folder.Write("x.npy", array)));
        Assert.Contains(expected, Refusal(_folder.Write("x.npz", NumPy.Archive(CompressionLevel.Optimal, ("x", array)))));
    }

    [Fact]
    public void A_file_that_is_none_is_refused()
    {
        Assert.Contains("first bytes", Refusal(_folder.Write("x.npy", "PK is no array"u8)));
        Assert.Contains("cannot be read", Refusal(_folder.Write("x.npz", "nor is this an archive"u8)));
        Assert.Contains("claims 4294967295 bytes", Refusal(_folder.Write("x.npy", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255])));
        Assert.Contains("version 9", Refusal(_folder.Write("x.npy", [0x93, .. "NUMPY"u8, 9, 0, 1, 0])));
    }

    [Fact]
    public void Any_damage_is_a_refusal_or_no_damage_but_never_a_crash()
    {
        byte[] good = NumPy.Archive(CompressionLevel.Fastest, ("x", NumPy.Array("<f4", [4, 2], [1f, 2, 3, 4, 5, 6, 7, 8])));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length])
            .Sample(
                (at, value, length) =>
                {
                    byte[] damaged = [.. good];
                    damaged[at] = value;
                    string path = Path.Combine(_folder.Path, $"{Guid.NewGuid()}.npz");
                    File.WriteAllBytes(path, damaged.AsSpan(0, value % 2 == 0 ? length : damaged.Length));

                    Exception? error = Record.Exception(() => Open(path));

                    Assert.True(error is null or QuantizationException, error?.ToString());
                    File.Delete(path);
                },
                iter: 500,
                threads: 1
            );
    }

    private static string Refusal(string path) => Assert.Throws<QuantizationException>(() => Open(path)).Message;

    private static void Open(string path)
    {
        using RecordSamples source = OpenedData.Of(
            path,
            new TensorSignature("x", ElementType.Float, [Dimension.Unknown, Dimension.Unknown])
        );
        for (int i = 0; i < source.Count; i++)
            source.Load(i);
    }
}
