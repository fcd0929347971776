using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Ways to ask the model how it likes a prepared picture. What the model does not offer is null.</summary>
/// <param name="ClassScores">From a prepared picture to the class scores of a classifier (logits or probabilities); called by several threads.</param>
internal sealed record PreparationProbes(BatchNormalizationProbe? BatchNormalization, Func<TensorValue, TensorValue>? ClassScores);
