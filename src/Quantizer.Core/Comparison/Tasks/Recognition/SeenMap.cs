namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>An output that has a value, or several, for every pixel of the picture, or for every so many of them.</summary>
/// <param name="Scale">Its pixels for one of the picture, along each side.</param>
internal sealed record SeenMap(int Channels, int Height, int Width, bool IsChannelsLast, double Scale)
{
    /// <summary>Null when the output is no map of the picture.</summary>
    public static SeenMap? Of(SeenOutput output, SeenPicture? picture)
    {
        if (picture is null)
            return null;
        (long Channels, long Height, long Width, bool Last)[] readings = output.Shape switch
        {
            [1, var height, var width] => [(1, height, width, false)],
            [1, var a, var b, var c] => [(a, b, c, false), (c, a, b, true)],
            _ => [],
        };
        // The picture's own order first.
        foreach ((long channels, long height, long width, bool last) in readings.OrderBy(reading => reading.Last != picture.IsChannelsLast))
        {
            if (ScaleOf(height, picture.Height) is { } scale && scale == ScaleOf(width, picture.Width))
                return new SeenMap((int)channels, (int)height, (int)width, last, scale);
        }
        return null;
    }

    /// <summary>A whole number, or one over a whole number; null otherwise.</summary>
    private static double? ScaleOf(long size, int picture) =>
        size == 0 ? null
        : size % picture == 0 ? size / picture
        : picture % size == 0 ? 1.0 / (picture / size)
        : null;
}
