namespace Quantizer.Reporting;

/// <summary>Scales of channels that were moved between layers, so that the channels of an activation use its range equally.</summary>
/// <param name="Tensors">The quantized activations whose channels have scales.</param>
/// <param name="WithoutDb">Signal over error at the outputs of the model without scales, on calibration samples, before single
/// ranges were refined.</param>
/// <param name="WithDb">The same with them.</param>
/// <param name="HeldOutGainDb">What they gained on calibration samples that they were not chosen on.</param>
public sealed record ChannelScalesReport(IReadOnlyList<string> Tensors, double? WithoutDb, double? WithDb, double HeldOutGainDb);
