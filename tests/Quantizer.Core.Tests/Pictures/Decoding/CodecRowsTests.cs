using System.Runtime.InteropServices;
using Quantizer.Pictures;
using Quantizer.Pictures.Decoding;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Pictures.Decoding;

/// <summary>Pictures that are decoded some rows at a time have the bytes of those that are decoded at once.</summary>
public sealed class CodecRowsTests
{
    // Odd, so that no block, strip or piece comes out even; several strips high.
    private const int Width = 613,
        Height = 477;

    [Theory]
    [InlineData(SKJpegEncoderDownsample.Downsample420)]
    [InlineData(SKJpegEncoderDownsample.Downsample422)]
    [InlineData(SKJpegEncoderDownsample.Downsample444)]
    public void A_photo(SKJpegEncoderDownsample downsample)
    {
        byte[] file = Jpeg(downsample);

        Assert.Equal(DecodedAtOnce(file), PictureDecoder.Decode(file, "p").Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_png_in_pieces(bool interlaced)
    {
        byte[] file = Png(interlaced);
        byte[] expected = DecodedAtOnce(file);
        foreach (int rowsAtOnce in (int[])[1, 100, 159, Height - 1, Height])
        {
            using SKCodec codec = SKCodec.Create(new MemoryStream(file));
            using PieceRows rows = new(codec, "p", rowsAtOnce * Width * CodecRows.BytesPerPixel);

            Assert.Equal(expected, PictureResize.Whole(rows).Data);
        }
    }

    [Fact]
    public void A_file_that_ends_in_a_later_strip_or_piece_is_truncated()
    {
        byte[] jpeg = Jpeg(SKJpegEncoderDownsample.Downsample420),
            png = Png(interlaced: false);

        Assert.Contains(
            "truncated",
            Assert.Throws<BrokenPictureException>(() => PictureDecoder.Decode(jpeg.AsSpan(0, jpeg.Length * 9 / 10), "p")).Message
        );
        using SKCodec codec = SKCodec.Create(new MemoryStream(png[..(png.Length * 9 / 10)]));
        using PieceRows rows = new(codec, "p", 100 * Width * CodecRows.BytesPerPixel);
        Assert.Contains("truncated", Assert.Throws<BrokenPictureException>(() => PictureResize.Whole(rows)).Message);
    }

    [Fact]
    public void What_the_result_does_not_need_is_decoded_too_and_found_truncated()
    {
        byte[] jpeg = Jpeg(SKJpegEncoderDownsample.Downsample420);
        // OpenCV takes two rows of the upper half and two of the lower for a picture two rows high.
        PictureGeometry geometry = new(2, 2, ResizeConvention.Stretch, Interpolation.OpenCvLinear, IsGray: false);
        using OpenedPicture picture = OpenedPicture.Of(new MemoryStream(jpeg[..(jpeg.Length * 9 / 10)]), "p");

        Assert.Throws<BrokenPictureException>(() => picture.Decode(geometry));
    }

    [Fact]
    public void A_file_that_cannot_be_read_on_says_so_rather_than_that_it_is_truncated()
    {
        byte[] jpeg = Jpeg(SKJpegEncoderDownsample.Downsample420);
        using OpenedPicture picture = OpenedPicture.Of(new FailingStream(jpeg, jpeg.Length / 2), "p");

        Assert.Contains("cannot be read: The disk is gone.", Assert.Throws<BrokenPictureException>(() => picture.Decode()).Message);
    }

    [Fact]
    public void Every_geometry_of_a_file_is_that_of_its_pixels()
    {
        byte[] jpeg = Jpeg(SKJpegEncoderDownsample.Downsample420);
        Pixels pixels = PictureDecoder.Decode(jpeg, "p");
        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
        {
            foreach (ResizeConvention convention in Enum.GetValues<ResizeConvention>())
            {
                foreach (bool gray in (bool[])[false, true])
                {
                    PictureGeometry geometry = new(64, 48, convention, interpolation, gray);
                    using OpenedPicture picture = OpenedPicture.Of(new MemoryStream(jpeg), "p");

                    Assert.Equal(geometry.Apply(pixels, "p").Data, picture.Decode(geometry).Data);
                }
            }
        }
    }

    [SharedFolderFact]
    public void Real_pictures()
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(SharedFolder.Data(""), "*.*", SearchOption.AllDirectories)
                .Where(path =>
                    path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
                    || path.EndsWith("g", StringComparison.OrdinalIgnoreCase) && path.Contains(".jp", StringComparison.OrdinalIgnoreCase)
                )
                .Order(StringComparer.Ordinal)
                .Where((_, index) => index % 40 == 0),
        ];

        Assert.NotEmpty(files);
        Assert.All(files, path => Assert.Equal(DecodedAtOnce(File.ReadAllBytes(path)), PictureDecoder.Decode(path, path).Data));
    }

    private static byte[] Jpeg(SKJpegEncoderDownsample downsample)
    {
        Pixels drawn = DrawnPicture.Of(Width, Height, 4);
        GCHandle pin = GCHandle.Alloc(drawn.Data, GCHandleType.Pinned);
        try
        {
            using SKPixmap pixmap = new(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque), pin.AddrOfPinnedObject());
            using SKData? data = pixmap.Encode(new SKJpegEncoderOptions(90, downsample, SKJpegEncoderAlphaOption.Ignore));
            return data!.ToArray();
        }
        finally
        {
            pin.Free();
        }
    }

    private static byte[] Png(bool interlaced)
    {
        Pixels drawn = DrawnPicture.Of(Width, Height, 3);
        using MemoryStream file = new();
        PngFile.Write(file, Width, Height, (y, row) => drawn.Data.AsSpan(y * row.Length, row.Length).CopyTo(row), interlaced);
        Assert.Equal(drawn.Data, DecodedAtOnce(file.ToArray()));
        return file.ToArray();
    }

    /// <summary>The plain way, with the whole picture in memory.</summary>
    private static byte[] DecodedAtOnce(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        SKImageInfo target = new(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        byte[] rgba = new byte[target.BytesSize];
        GCHandle pin = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(target, pin.AddrOfPinnedObject()));
        }
        finally
        {
            pin.Free();
        }
        return [.. rgba.Where((_, index) => index % 4 != 3)];
    }

    private sealed class FailingStream(byte[] bytes, int end) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            Position < end ? base.Read(buffer[..(int)Math.Min(buffer.Length, end - Position)]) : throw new IOException("The disk is gone.");
    }
}
