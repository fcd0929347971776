using System.Buffers.Binary;
using System.IO.Compression;
using Quantizer.Pictures;

namespace Quantizer.Core.Tests.Pictures;

public sealed class PictureDecoderTests
{
    public static TheoryData<string> Names => [.. Pictures.Keys];

    private static Dictionary<string, EncodedPicture> Pictures { get; } =
        new()
        {
            ["JpegSubsampled"] = EncodedPictures.JpegSubsampled,
            ["JpegProgressive"] = EncodedPictures.JpegProgressive,
            ["JpegGray"] = EncodedPictures.JpegGray,
            ["JpegCmyk"] = EncodedPictures.JpegCmyk,
            ["PngRgb"] = EncodedPictures.PngRgb,
            ["PngPalette"] = EncodedPictures.PngPalette,
            ["PngAlpha"] = EncodedPictures.PngAlpha,
            ["PngGrayAlpha"] = EncodedPictures.PngGrayAlpha,
            ["WebpLossless"] = EncodedPictures.WebpLossless,
            ["WebpLossy"] = EncodedPictures.WebpLossy,
            ["Bmp"] = EncodedPictures.Bmp,
            ["Gif"] = EncodedPictures.Gif,
            ["JpegTurned"] = EncodedPictures.JpegTurned,
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_equal_those_that_Pillow_decodes(string name)
    {
        EncodedPicture picture = Pictures[name];

        Pixels pixels = PictureDecoder.Decode(picture.Bytes, name);

        Assert.Equal((picture.Width, picture.Height, 3), (pixels.Width, pixels.Height, pixels.Channels));
        Assert.Equal(picture.Hash, DrawnPicture.Hash(pixels));
    }

    [Fact]
    public void A_lossless_picture_has_the_values_that_were_drawn()
    {
        Assert.Equal(DrawnPicture.Of(20, 14, 3, seed: 7).Data, PictureDecoder.Decode(EncodedPictures.PngRgb.Bytes, "p").Data);
    }

    [Fact]
    public void Orientation_is_told_but_not_applied()
    {
        Pixels turned = PictureDecoder.Decode(EncodedPictures.JpegTurned.Bytes, "p");

        Assert.True(turned.AsksForTurn);
        Assert.Equal((20, 14), (turned.Width, turned.Height));
        Assert.False(PictureDecoder.Decode(EncodedPictures.JpegSubsampled.Bytes, "p").AsksForTurn);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_truncated_file_is_an_error_that_names_it(string name)
    {
        byte[] bytes = Pictures[name].Bytes;

        BrokenPictureException error = Assert.Throws<BrokenPictureException>(() =>
            PictureDecoder.Decode(bytes.AsSpan(0, bytes.Length * 6 / 10), "half.jpg")
        );

        Assert.Equal("half.jpg", error.Picture);
        Assert.Contains("half.jpg", error.Message);
    }

    [Fact]
    public void Text_and_emptiness_are_no_pictures()
    {
        Assert.Contains(
            "no JPEG, PNG",
            Assert.Throws<BrokenPictureException>(() => PictureDecoder.Decode("Not a picture"u8, "a.jpg")).Message
        );
        Assert.Contains("empty", Assert.Throws<BrokenPictureException>(() => PictureDecoder.Decode([], "a.jpg")).Message);
        Assert.Contains(
            "cannot be read",
            Assert.Throws<BrokenPictureException>(() => PictureDecoder.Decode("/no/such/a.jpg", "a.jpg")).Message
        );
    }

    [Fact]
    public void A_picture_bomb_is_refused_from_its_header()
    {
        BrokenPictureException error = Assert.Throws<BrokenPictureException>(() =>
            PictureDecoder.Decode(PngHeader(60_000, 60_000), "bomb.png")
        );

        Assert.Contains("60000 x 60000", error.Message);
    }

    /// <summary>A PNG whose header promises a size; its data are one empty chunk.</summary>
    private static byte[] PngHeader(int width, int height)
    {
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), height);
        using MemoryStream data = new();
        using (ZLibStream zip = new(data, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(new byte[1]);
        return
        [
            0x89,
            .. "PNG\r\n\u001a\n"u8,
            .. Chunk("IHDR"u8, [.. size, 8, 2, 0, 0, 0]),
            .. Chunk("IDAT"u8, data.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> kind, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. kind, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
