using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Ways to ask the model how it likes a prepared picture. What the model does not offer is null.</summary>
/// <param name="ClassScores">From a prepared picture to the class scores of a classifier (logits or probabilities); called by several
/// threads.</param>
/// <param name="Classes">How many classes it has; 0 where that is not known. Tells what such networks usually want, and proves
/// nothing.</param>
internal sealed record PreparationProbes(
    BatchNormalizationProbe? BatchNormalization,
    Func<TensorValue, TensorValue>? ClassScores,
    int Classes = 0
);
