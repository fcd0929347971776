using System.Globalization;

namespace Quantizer.Ranges.Selectors;

/// <summary>The selectors by the names that users write.</summary>
public static class SelectorTable
{
    private const string PercentilePrefix = "percentile:";

    /// <summary>What <see cref="Parse"/> accepts, for help texts.</summary>
    public static string ValidNames => "auto, minmax, percentile, percentile:P (P from 50 to 100, for example percentile:99.99), entropy, mse";

    /// <summary>Reads a method's name.</summary>
    /// <exception cref="ArgumentException">No such method; the message lists the valid ones.</exception>
    public static IRangeSelector Parse(string name) => name switch
    {
        "auto" => new AutoSelector(),
        "minmax" => new MinMaxSelector(),
        "percentile" => new PercentileSelector(),
        "entropy" => new EntropySelector(),
        "mse" => new MeanSquaredErrorSelector(),
        _ when name.StartsWith(PercentilePrefix, StringComparison.Ordinal) => ParsePercentile(name),
        _ => throw Unknown(name),
    };

    private static PercentileSelector ParsePercentile(string name)
    {
        // Below 50 it is surely a fraction written for a percentage, such as 0.9999.
        bool isNumber = double.TryParse(name.AsSpan(PercentilePrefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent);
        return isNumber && percent is >= 50 and <= 100 ? new PercentileSelector(percent) : throw Unknown(name);
    }

    private static ArgumentException Unknown(string name) =>
        new($"'{name}' is not a method of choosing ranges. Valid are: {ValidNames}.");
}
