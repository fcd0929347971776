namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>A right box, in the coordinates in which the model gives its own.</summary>
internal sealed record TruthBox(double X1, double Y1, double X2, double Y2, int Label);
