namespace Quantizer.Ranges.Weights;

/// <summary>The ways of choosing weight ranges, by the names that users write.</summary>
public static class WeightRangeTable
{
    /// <summary>All ways are tried, and the network's outputs decide.</summary>
    public const string Automatic = "auto";

    private static readonly (string Name, WeightRangeMethod Method)[] All = [("minmax", WeightRangeMethod.MinMax), ("mse", WeightRangeMethod.SquaredError)];

    /// <summary>The ways that a name stands for.</summary>
    /// <exception cref="ArgumentException">No such way; the message lists the valid ones.</exception>
    public static IReadOnlyList<(string Name, WeightRangeMethod Method)> Named(string name)
    {
        if (name == Automatic) return All;
        (string Name, WeightRangeMethod Method)[] found = [.. All.Where(way => way.Name == name)];
        return found.Length > 0 ? found : throw new ArgumentException($"'{name}' is not a way of choosing weight ranges. Valid are: {Automatic}, {string.Join(", ", All.Select(way => way.Name))}.");
    }
}
