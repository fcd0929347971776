namespace Quantizer.Pictures;

/// <summary>One of Pillow's resampling filters: a weight by distance, zero beyond the support (libImaging/Resample.c).</summary>
internal sealed record PillowFilter(double Support, Func<double, double> Weight)
{
    /// <summary>Pillow's a of the cubic convolution; OpenCV and torch take -0.75.</summary>
    private const double CubicSharpness = -0.5;

    private const double LanczosLobes = 3.0;

    public static PillowFilter Box { get; } = new(0.5, x => x is > -0.5 and <= 0.5 ? 1.0 : 0.0);

    public static PillowFilter Bilinear { get; } = new(1.0, x => Math.Max(0.0, 1.0 - Math.Abs(x)));

    public static PillowFilter Bicubic { get; } = new(2.0, Cubic);

    public static PillowFilter Lanczos { get; } =
        new(LanczosLobes, x => x is >= -LanczosLobes and < LanczosLobes ? Sinc(x) * Sinc(x / LanczosLobes) : 0.0);

    private static double Cubic(double distance)
    {
        const double a = CubicSharpness;
        double x = Math.Abs(distance);
        if (x < 1.0)
            return (((a + 2.0) * x) - (a + 3.0)) * x * x + 1;
        return x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * a : 0.0;
    }

    private static double Sinc(double x)
    {
        if (x == 0.0)
            return 1.0;
        double angle = x * Math.PI;
        return Math.Sin(angle) / angle;
    }
}
