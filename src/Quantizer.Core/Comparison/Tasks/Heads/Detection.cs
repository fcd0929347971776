namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>An object that a detector found: its corners in the head's own coordinates.</summary>
internal sealed record Detection(double X1, double Y1, double X2, double Y2, double Score, int Label)
{
    public static Detection OfCentre(double x, double y, double width, double height, double score, int label) =>
        new(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2), score, label);

    /// <summary>Intersection over union. A box is itself, also where it has no area.</summary>
    public double OverlapWith(Detection other)
    {
        if ((X1, Y1, X2, Y2) == (other.X1, other.Y1, other.X2, other.Y2))
            return 1;
        double width = Math.Min(X2, other.X2) - Math.Max(X1, other.X1),
            height = Math.Min(Y2, other.Y2) - Math.Max(Y1, other.Y1);
        if (!(width > 0) || !(height > 0))
            return 0;
        double both = width * height;
        return both / (Area + other.Area - both);
    }

    private double Area => (X2 - X1) * (Y2 - Y1);
}
