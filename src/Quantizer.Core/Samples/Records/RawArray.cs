using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>The values of one input for one sample, as the data hold them: of their own type, with or without the input's axis of
/// samples.</summary>
/// <param name="Input">The model's input that they feed.</param>
/// <param name="Data">Row-major, little-endian.</param>
/// <param name="Origin">What messages call them, to begin a sentence with.</param>
internal sealed record RawArray(string Input, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data, string Origin);
