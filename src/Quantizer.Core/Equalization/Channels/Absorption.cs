using Quantizer.Graphs;

namespace Quantizer.Equalization.Channels;

/// <summary>A constant that takes scales up: each of its values is multiplied by one scale and divided by another.</summary>
/// <param name="Node">Who reads it.</param>
/// <param name="Input">The position among the node's inputs.</param>
/// <param name="Shape">Of the constant once it has taken them up: larger than before where it was broadcast.</param>
/// <param name="Times">The scales it is multiplied by; null: none.</param>
/// <param name="By">The scales it is divided by; null: none.</param>
internal sealed record Absorption(Node Node, int Input, IReadOnlyList<long> Shape, ChannelLayout? Times, ChannelLayout? By);
