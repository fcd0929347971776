namespace Quantizer.Pictures;

/// <summary>The luma of RGB rows; see <see cref="Pixels.ToGray"/>.</summary>
internal sealed class LumaRows(IPixelRows colours) : IPixelRows
{
    private readonly byte[] _row = new byte[colours.Width];

    public int Width => colours.Width;

    public int Height => colours.Height;

    public int Channels => 1;

    public ReadOnlySpan<byte> Next()
    {
        Luma.Of(colours.Next(), _row);
        return _row;
    }
}
