using SkiaSharp;

namespace Quantizer.Pictures.Decoding;

/// <summary>A JPEG's rows, decoded one after the other.</summary>
internal sealed class JpegRows(SKCodec codec, string name, int stripBytes)
    : CodecRows(codec, name, Math.Max(1, stripBytes / (codec.Info.Width * BytesPerPixel)))
{
    protected override SKCodecResult Decode(int first, int count, nint target)
    {
        SKCodecResult start = first == 0 ? Codec.StartScanlineDecode(Target) : SKCodecResult.Success;
        if (start != SKCodecResult.Success)
            return start;
        return Codec.GetScanlines(target, count, Stride) == count ? SKCodecResult.Success : SKCodecResult.IncompleteInput;
    }
}
