namespace Quantizer.Reporting.Page.Plots;

/// <summary>An axis from one value to another, with few round values to name on it.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends; more than <paramref name="Low"/>.</param>
/// <param name="Step">Between two named values.</param>
internal readonly record struct PlotScale(double Low, double High, double Step)
{
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>The values that are named.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            // Counted, since adding steps would add up their rounding.
            long first = (long)Math.Ceiling(Low / Step - 1e-9),
                last = (long)Math.Floor(High / Step + 1e-9);
            for (long tick = first; tick <= last; tick++)
                yield return tick * Step;
        }
    }

    /// <summary>Begins and ends on round values around all that is shown.</summary>
    /// <param name="steps">About how many values to name.</param>
    public static PlotScale Around(double low, double high, int steps)
    {
        PlotScale within = Within(low, high, steps);
        double step = within.Step;
        return new PlotScale(Math.Floor(within.Low / step) * step, Math.Ceiling(within.High / step) * step, step);
    }

    /// <summary>Begins and ends exactly there.</summary>
    public static PlotScale Within(double low, double high, int steps)
    {
        if (!(high > low))
            (low, high) = (low - Math.Max(Math.Abs(low), 1) / 2, low + Math.Max(Math.Abs(low), 1) / 2);
        double about = (high - low) / steps,
            power = Math.Pow(10, Math.Floor(Math.Log10(about)));
        return new PlotScale(low, high, power * RoundSteps.First(round => round * power >= about * (1 - 1e-9)));
    }

    /// <summary>0 at the beginning, 1 at the end, and nothing beyond.</summary>
    public double ShareOf(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);
}
