namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>A part of a file.</summary>
internal readonly record struct ByteRange(long Offset, int Length);
