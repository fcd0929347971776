using SkiaSharp;

namespace Quantizer.Pictures.Decoding;

/// <summary>The rows of a picture that is being decoded, some at a time.</summary>
internal abstract class CodecRows : IPixelRows, IDisposable
{
    public const int BytesPerPixel = 4;

    private readonly string _name;
    private readonly byte[] _row;
    private PixelBuffer? _buffer;
    private int _next,
        _bufferStart,
        _bufferEnd;

    /// <param name="rowsAtOnce">At least one.</param>
    protected CodecRows(SKCodec codec, string name, int rowsAtOnce)
    {
        Codec = codec;
        _name = name;
        (Width, Height, RowsAtOnce) = (codec.Info.Width, codec.Info.Height, Math.Min(rowsAtOnce, codec.Info.Height));
        // A null colour space means: leave the values as stored, whatever profile is embedded.
        Target = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        _row = new byte[Width * Channels];
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels => 3;

    protected SKCodec Codec { get; }

    protected SKImageInfo Target { get; }

    protected int RowsAtOnce { get; }

    protected int Stride => Width * BytesPerPixel;

    /// <exception cref="BrokenPictureException">The picture is truncated or damaged.</exception>
    public ReadOnlySpan<byte> Next()
    {
        if (_next == _bufferEnd)
            Fill();
        DropAlpha(_buffer!.Slice((_next++ - _bufferStart) * Stride, Stride), _row);
        return _row;
    }

    /// <summary>Decodes what was not asked for.</summary>
    /// <exception cref="BrokenPictureException">The picture is truncated or damaged.</exception>
    public void Finish()
    {
        while (_bufferEnd < Height)
            Fill();
    }

    public void Dispose() => _buffer?.Dispose();

    /// <summary>Decodes rows; they are asked for from top to bottom.</summary>
    protected abstract SKCodecResult Decode(int first, int count, nint target);

    private void Fill()
    {
        _buffer ??= new PixelBuffer(RowsAtOnce * Stride);
        int count = Math.Min(RowsAtOnce, Height - _bufferEnd);
        SKCodecResult result = Decode(_bufferEnd, count, _buffer.Start);
        if (result != SKCodecResult.Success)
        {
            throw new BrokenPictureException(
                _name,
                result == SKCodecResult.IncompleteInput
                    ? "the file is truncated: its picture data end early"
                    : $"its picture data are damaged ({result})"
            );
        }
        (_bufferStart, _bufferEnd) = (_bufferEnd, _bufferEnd + count);
    }

    private static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int source = 0, target = 0; target < rgb.Length; source += BytesPerPixel, target += 3)
        {
            rgb[target] = rgba[source];
            rgb[target + 1] = rgba[source + 1];
            rgb[target + 2] = rgba[source + 2];
        }
    }
}
