namespace Quantizer.Ranges.Densities;

/// <summary>Values that all equal one number.</summary>
internal readonly record struct PointMass(double Value, double Count)
{
    public double Energy => Count * Value * Value;
}
