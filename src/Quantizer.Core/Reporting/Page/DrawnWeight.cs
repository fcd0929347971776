using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Page;

/// <summary>A weight as its plot shows it.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Channels">How many there are.</param>
/// <param name="Each">Neighbouring channels that share a bar.</param>
/// <param name="Largest">The largest magnitude, which the plot's height stands for.</param>
/// <param name="Dead">Channels that are dead, or nearly so.</param>
/// <param name="Low">Smallest value of each bar, thousandths of <paramref name="Largest"/>.</param>
/// <param name="High">Largest value of each bar.</param>
internal sealed record DrawnWeight(
    string Name,
    int Channels,
    int Each,
    double Largest,
    int Dead,
    IReadOnlyList<int> Low,
    IReadOnlyList<int> High
)
{
    private const int MostBars = 128;
    private const int Parts = 1000;

    public static DrawnWeight Of(WeightRange weight)
    {
        int each = Math.Max((weight.Min.Count + MostBars - 1) / MostBars, 1);
        double largest = weight
            .Min.Concat(weight.Max)
            .Where(float.IsFinite)
            .Select(value => (double)Math.Abs(value))
            .DefaultIfEmpty()
            .Max();
        int Share(float value) =>
            largest > 0 && float.IsFinite(value) ? (int)Math.Round(value / largest * Parts, MidpointRounding.ToEven) : 0;
        return new DrawnWeight(
            weight.Name,
            weight.Min.Count,
            each,
            largest,
            LiveChannels.Of(weight).Dead,
            [.. weight.Min.Chunk(each).Select(chunk => Share(chunk.Min()))],
            [.. weight.Max.Chunk(each).Select(chunk => Share(chunk.Max()))]
        );
    }
}
