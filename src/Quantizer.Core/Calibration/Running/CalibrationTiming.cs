namespace Quantizer.Calibration.Running;

/// <summary>
/// Where calibration's time went. <see cref="Total"/> and <see cref="Preparation"/> are times on the clock; the others are
/// summed over the workers, so that on a free machine they come to workers x (total - preparation).
/// </summary>
/// <param name="Total">All of it.</param>
/// <param name="Preparation">Opening the model so that its tensors can be observed.</param>
/// <param name="Decode">Loading samples.</param>
/// <param name="Inference">Running the model.</param>
/// <param name="Statistics">Counting values.</param>
internal sealed record CalibrationTiming(TimeSpan Total, TimeSpan Preparation, TimeSpan Decode, TimeSpan Inference, TimeSpan Statistics);
