using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Page;

/// <summary>How much the channels of a weight differ in size, but for those that give next to nothing.</summary>
/// <param name="Dead">Channels that are dead, or nearly so.</param>
/// <param name="Ratio">The widest over the narrowest of the others; null where there are fewer than two.</param>
internal readonly record struct LiveChannels(int Dead, double? Ratio)
{
    /// <summary>Of the widest channel: training leaves weights this small where a channel's normalization has switched it off, and
    /// then they may be of any size.</summary>
    private const double Least = 1e-3;

    public static LiveChannels Of(WeightRange weight)
    {
        double[] widths = [.. weight.Min.Zip(weight.Max, (low, high) => (double)Math.Max(Math.Abs(low), Math.Abs(high)))];
        double widest = widths.Where(double.IsFinite).DefaultIfEmpty().Max();
        double[] live = [.. widths.Where(width => double.IsFinite(width) && width > 0 && width >= Least * widest)];
        return new LiveChannels(
            widths.Count(width => width < Least * widest || width == 0),
            live.Length < 2 ? null : live.Max() / live.Min()
        );
    }
}
