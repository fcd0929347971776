using Quantizer.Pictures.Decoding;

namespace Quantizer.Pictures;

/// <summary>A picture file whose header was read and found good. Its pixels are decoded once, in rows, within
/// <see cref="DecodingMemory"/>.</summary>
internal sealed class OpenedPicture : IDisposable
{
    private readonly string _name;
    private readonly PictureStream _file;
    private readonly PictureCodec _codec;

    private OpenedPicture(string name, PictureStream file, PictureCodec codec)
    {
        _name = name;
        _file = file;
        _codec = codec;
    }

    public int Width => _codec.Width;

    public int Height => _codec.Height;

    /// <summary>See <see cref="Pixels.AsksForTurn"/>.</summary>
    public bool AsksForTurn => _codec.AsksForTurn;

    /// <param name="file">Is the picture's from here on.</param>
    /// <exception cref="BrokenPictureException">See <see cref="PictureDecoder.Open"/>.</exception>
    internal static OpenedPicture Of(Stream file, string name)
    {
        PictureStream stream = new(file);
        try
        {
            // The codec closes a file that it does not want.
            long length = file.Length;
            if (length > PictureDecoder.MaximumFileBytes)
            {
                throw new BrokenPictureException(
                    name,
                    $"the file has {length >> 20} MiB; at most {PictureDecoder.MaximumFileBytes >> 20} MiB are read"
                );
            }

            PictureCodec codec =
                PictureCodec.Open(stream)
                ?? throw (
                    stream.Failure is { } failure
                        ? Unreadable(name, failure)
                        : new BrokenPictureException(
                            name,
                            length == 0 ? "the file is empty" : "no JPEG, PNG, WebP, BMP or GIF picture, or one whose header is damaged"
                        )
                );
            (int width, int height) = (codec.Width, codec.Height);
            if ((long)width * height is > 0 and <= PictureDecoder.MaximumPixels)
                return new OpenedPicture(name, stream, codec);
            codec.Dispose();
            throw new BrokenPictureException(
                name,
                $"its header says {width} x {height} pixels; at most {PictureDecoder.MaximumPixels / 1_000_000} megapixels are decoded"
            );
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The picture as it is.</summary>
    /// <exception cref="BrokenPictureException">It is truncated or damaged.</exception>
    public Pixels Decode() => Decode(_codec.Width, _codec.Height, PictureResize.Whole);

    /// <summary>The picture in a geometry, without ever being in memory as a whole where its format allows.</summary>
    /// <exception cref="BrokenPictureException">As above, or see <see cref="PictureGeometry.Apply(Pixels, string)"/>.</exception>
    public Pixels Decode(PictureGeometry geometry)
    {
        PictureGeometry settled = geometry.For(_codec.Width, _codec.Height);
        (long width, long height) = PictureFraming.ResizedSize(_codec.Width, _codec.Height, settled);
        return Decode(width, height, rows => settled.Apply(rows, _name));
    }

    public void Dispose()
    {
        _codec.Dispose();
        _file.Dispose();
    }

    private Pixels Decode(long width, long height, Func<IPixelRows, Pixels> consume)
    {
        const int rgbChannels = 3;
        using IDisposable share = DecodingMemory.Shared.Take(_codec.DecodingBytes + width * height * rgbChannels);
        using CodecRows rows = _codec.Decode(_name);
        try
        {
            Pixels pixels = consume(rows);
            // What no value of the result came from may be damaged too.
            rows.Finish();
            if (_codec.Jpeg is { IsProgressive: true } jpeg && jpeg.EndsEarly(_file))
                throw new BrokenPictureException(_name, "the file is truncated: it ends before its last scan");
            return pixels with { AsksForTurn = AsksForTurn };
        }
        catch (BrokenPictureException) when (_file.Failure is { } failure)
        {
            throw Unreadable(_name, failure);
        }
    }

    private static BrokenPictureException Unreadable(string name, Exception error) =>
        new(name, $"the file cannot be read: {error.Message}", error);
}
