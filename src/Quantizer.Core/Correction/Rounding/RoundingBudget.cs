namespace Quantizer.Correction.Rounding;

/// <summary>
/// Which layers are rounded by their inputs. It is counted in multiply-accumulates, not timed, so that the result does not depend on the
/// machine.
/// </summary>
internal static class RoundingBudget
{
    /// <summary>Of all layers together: two or three seconds on two cores.</summary>
    private const double All = 100e9;

    /// <summary>More weights of an output channel cost more than they bring: the time grows with their third power.</summary>
    private const int MostWeights = 1152;

    /// <param name="width">Weights of an output channel.</param>
    public static bool Allows(long width) => width is > 1 and <= MostWeights;

    /// <summary>The cheapest layers that the budget is enough for.</summary>
    /// <param name="layers">In the order that they run in.</param>
    public static IReadOnlySet<CorrectedLayer> Of(IReadOnlyList<CorrectedLayer> layers)
    {
        HashSet<CorrectedLayer> within = new(ReferenceEqualityComparer.Instance);
        double left = All;
        foreach (CorrectedLayer layer in layers.Where(layer => layer.HasOwnWeights && Allows(layer.GroupWidth)).OrderBy(Cost))
        {
            left -= Cost(layer);
            if (left < 0)
                break;
            within.Add(layer);
        }
        return within;
    }

    /// <summary>Of the moments, of their factor and of the rounding.</summary>
    private static double Cost(CorrectedLayer layer)
    {
        double width = layer.GroupWidth;
        return layer.Groups * (InputRows.PlacesFor(layer) * width * width / 2 + width * width * width / 6)
            + layer.Channels * width * width / 2;
    }
}
