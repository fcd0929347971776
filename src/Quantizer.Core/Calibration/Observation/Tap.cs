namespace Quantizer.Calibration.Observation;

/// <summary>How an observed tensor is read.</summary>
/// <param name="Tensor">The tensor's name in the model.</param>
/// <param name="Output">The session's output that holds its values; null where they are shown during the run.</param>
/// <param name="Channels">
/// The true size of the second axis where the values come in a blocked layout, whose channels are padded with zeros; null
/// for an ordinary layout.
/// </param>
internal sealed record Tap(string Tensor, string? Output = null, long? Channels = null);
