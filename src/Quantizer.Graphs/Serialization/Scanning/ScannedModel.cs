namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>
/// A model without its weights: a small message in which the raw data of each tensor the graph types hold is replaced by
/// the number (4 bytes, little-endian) of its place in the file.
/// </summary>
internal sealed record ScannedModel(ReadOnlyMemory<byte> Structure, IReadOnlyList<ByteRange> Weights);
