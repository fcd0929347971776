using Quantizer.Graphs;

namespace Quantizer.Samples.Arrays;

/// <summary>An array that feeds a model input.</summary>
/// <param name="Feed">What of the array makes one sample.</param>
/// <param name="SampleShape">The shape of the tensor that one sample feeds.</param>
internal sealed record BoundArray(TensorSignature Input, string Name, NpyHeader Header, ArrayFeed Feed, IReadOnlyList<long> SampleShape);
