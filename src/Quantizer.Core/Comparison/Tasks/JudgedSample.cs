using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks;

/// <summary>A sample with what both models made of it, by the FP32 model's output names.</summary>
internal sealed record JudgedSample(Sample Sample, IReadOnlyDictionary<string, JudgedOutput> Outputs);

/// <summary>An output of both models, cut to the positions that count.</summary>
/// <param name="Shape">Of the FP32 model's.</param>
/// <param name="Expected">The FP32 model's values, row-major.</param>
/// <param name="FoundShape">Other than <paramref name="Shape"/> in lists whose length depends on the data.</param>
/// <param name="Found">The INT8 model's values.</param>
internal sealed record JudgedOutput(IReadOnlyList<long> Shape, float[] Expected, IReadOnlyList<long> FoundShape, float[] Found);
