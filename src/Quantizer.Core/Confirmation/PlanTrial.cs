using Quantizer.Graphs;
using Quantizer.Ranges.Planning;

namespace Quantizer.Confirmation;

/// <summary>A plan as tried on the network's outputs.</summary>
/// <param name="Selector">The range selector of the activations.</param>
/// <param name="WeightRanges">The way of choosing the weights' ranges.</param>
/// <param name="Model">The model that the plan gives.</param>
/// <param name="SqnrDb">Mean over the outputs of signal over error, as <see cref="OutputReference.SqnrDb"/> gives it.</param>
internal sealed record PlanTrial(string Selector, string WeightRanges, QuantizationPlan Plan, OnnxModel Model, double SqnrDb);
