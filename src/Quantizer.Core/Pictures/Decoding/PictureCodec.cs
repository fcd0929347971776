using SkiaSharp;

namespace Quantizer.Pictures.Decoding;

/// <summary>A picture as SkiaSharp reads it.</summary>
internal sealed class PictureCodec : IDisposable
{
    /// <summary>Rows are fetched in strips of about this size: few calls, and it stays in the processor's cache.</summary>
    private const int StripBytes = 1 << 18;

    /// <summary>A PNG of at most this many bytes of pixels (24 megapixels) is decoded as a whole. A larger one is decoded in pieces,
    /// each from the file's beginning.</summary>
    private const int PieceBytes = 96_000_000;

    /// <summary>A decoder of interlaced PNGs holds the piece too, with up to twice the bytes a pixel.</summary>
    private const int InterlacedPieceBytes = PieceBytes / 3;

    /// <summary>What libjpeg holds of a progressive picture: coefficients of 2 bytes for three channels.</summary>
    private const int ProgressiveBytes = 6;

    private readonly SKCodec _codec;
    private readonly bool _isInterlaced;

    private PictureCodec(SKCodec codec, JpegStructure? jpeg, bool isInterlaced)
    {
        _codec = codec;
        Jpeg = jpeg;
        _isInterlaced = isInterlaced;
    }

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    public bool AsksForTurn => _codec.EncodedOrigin > SKEncodedOrigin.TopLeft;

    /// <summary>Null where it is none.</summary>
    public JpegStructure? Jpeg { get; }

    /// <summary>What decoding takes at a time, beside the result.</summary>
    public long DecodingBytes
    {
        get
        {
            long pixels = (long)Width * Height,
                whole = pixels * CodecRows.BytesPerPixel;
            return _codec.EncodedFormat switch
            {
                SKEncodedImageFormat.Jpeg => StripBytes + (Jpeg is { IsProgressive: true } ? pixels * ProgressiveBytes : 0),
                SKEncodedImageFormat.Png => Math.Min(whole, PieceBytes),
                // Their decoders hold the picture as well.
                _ => 2 * whole,
            };
        }
    }

    /// <summary>Null where it is no picture.</summary>
    public static PictureCodec? Open(PictureStream file)
    {
        JpegStructure? jpeg = JpegStructure.Of(file);
        bool isInterlaced = PngStructure.IsInterlaced(file);
        file.Position = 0;
        return SKCodec.Create(file) is { } codec ? new PictureCodec(codec, jpeg, isInterlaced) : null;
    }

    /// <param name="name">What messages call the picture.</param>
    public CodecRows Decode(string name) =>
        _codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => new JpegRows(_codec, name, StripBytes),
            SKEncodedImageFormat.Png => new PieceRows(_codec, name, _isInterlaced ? InterlacedPieceBytes : PieceBytes),
            _ => new PieceRows(_codec, name, int.MaxValue),
        };

    public void Dispose() => _codec.Dispose();
}
