namespace Quantizer.Calibration;

/// <summary>Where an observed tensor can be read.</summary>
/// <param name="Tensor">The tensor's name in the model.</param>
/// <param name="Output">The session's output that holds its values, in any order.</param>
/// <param name="Channels">
/// The true size of the second axis where <paramref name="Output"/> has a blocked layout, whose channels are padded
/// with zeros; null for an ordinary layout.
/// </param>
internal sealed record Tap(string Tensor, string Output, long? Channels = null);
