using Quantizer.Graphs;
using Quantizer.Ranges.Planning;

namespace Quantizer.Rewriting;

/// <summary>A model with a plan written into it.</summary>
internal sealed record QuantizedModel(QuantizationPlan Plan, OnnxModel Model);
