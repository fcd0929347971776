namespace Quantizer.Reporting.Inspections;

/// <summary>What a node costs now, and what its weights would take.</summary>
/// <param name="Name">The node, as <see cref="NodeReport"/> calls it.</param>
/// <param name="Macs">Multiply-accumulates per sample; null where they are not known.</param>
/// <param name="WeightBytes">Of the float constants that it reads; null where it reads none, and of a model that is quantized
/// already.</param>
/// <param name="Int8WeightBytes">Of the same as quantization would write them, scales and zero points included.</param>
public sealed record NodeCost(string Name, long? Macs, long? WeightBytes, long? Int8WeightBytes);
