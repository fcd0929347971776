namespace Quantizer.Pipeline;

/// <summary>How much a run has to do, as far as it is known once the data are open.</summary>
/// <param name="CalibrationSamples">Samples to learn ranges from; 0: none.</param>
/// <param name="ComparedSamples">Samples to compare both models on; 0: none.</param>
/// <param name="Inference">What the FP32 model took for one sample.</param>
public sealed record WorkAhead(int CalibrationSamples, int ComparedSamples, TimeSpan Inference);
