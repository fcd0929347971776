namespace Quantizer.Ranges.Weights;

/// <summary>Other values for a constant bias that the file holds as floats.</summary>
/// <param name="Values">One for each output channel.</param>
internal sealed record FloatBias(string Tensor, IReadOnlyList<float> Values);
