using SkiaSharp;

namespace Quantizer.Pictures.Decoding;

/// <summary>
/// The rows of a picture that is decoded as a whole where it fits into a piece; else piece by piece, for each of which the
/// decoder goes through the file up to there.
/// </summary>
internal sealed class PieceRows(SKCodec codec, string name, int pieceBytes)
    : CodecRows(codec, name, Math.Max(1, pieceBytes / (codec.Info.Width * BytesPerPixel)))
{
    protected override SKCodecResult Decode(int first, int count, nint target)
    {
        if (count == Height)
            return Codec.GetPixels(Target, target);
        SKCodecResult start = Codec.StartIncrementalDecode(
            Target,
            target,
            Stride,
            new SKCodecOptions(new SKRectI(0, first, Width, first + count))
        );
        return start == SKCodecResult.Success ? Codec.IncrementalDecode() : start;
    }
}
