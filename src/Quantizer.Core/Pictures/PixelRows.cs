namespace Quantizer.Pictures;

/// <summary>The rows of pixels that are in memory.</summary>
internal sealed class PixelRows(Pixels pixels) : IPixelRows
{
    private int _next;

    public int Width => pixels.Width;

    public int Height => pixels.Height;

    public int Channels => pixels.Channels;

    public ReadOnlySpan<byte> Next()
    {
        int stride = Width * Channels;
        return pixels.Data.AsSpan(_next++ * stride, stride);
    }
}
