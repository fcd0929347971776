namespace Quantizer.Reporting.Inspections;

/// <summary>What quantization would write, before any data are seen.</summary>
/// <param name="FileBytes">Size of the INT8 file.</param>
/// <param name="WeightBytes">What the constants of the FP32 file take in memory, once.</param>
/// <param name="Int8WeightBytes">What those of the INT8 file take; weights that are only stored as integers become float when it is
/// loaded.</param>
public sealed record ExpectedModel(long FileBytes, long WeightBytes, long Int8WeightBytes);
