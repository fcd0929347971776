namespace Quantizer.Reporting.Inspections;

/// <summary>The most memory that the FP32 model's activations take at once, for one sample, when its nodes run in their order.</summary>
/// <param name="Bytes">Null where sizes are not known.</param>
/// <param name="Node">The node at which it is reached; empty where the inputs alone are it, or it is not known.</param>
/// <param name="Unknown">Why it is not known, and what helps; empty where it is known.</param>
public sealed record ActivationPeak(long? Bytes, string Node, string Unknown);
