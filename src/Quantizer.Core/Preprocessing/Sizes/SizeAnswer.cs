using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>What a classifier makes of one picture of some size.</summary>
/// <param name="Probabilities">Of its classes.</param>
/// <param name="Moments">Of what came to each of the <see cref="SizeProbe.Normalizations"/>.</param>
internal sealed record SizeAnswer(double[] Probabilities, IReadOnlyList<ChannelMoments> Moments);
