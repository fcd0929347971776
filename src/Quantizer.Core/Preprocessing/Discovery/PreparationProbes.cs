using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Ways to ask the model how it likes a prepared picture. What the model does not offer is null.</summary>
/// <param name="FirstOutput">From a prepared picture to the model's first output, which may hold class scores (logits or probabilities) or
/// boxes; called by several threads.</param>
/// <param name="Classes">How many classes it has; 0 where that is not known. Tells what such networks usually want, and proves
/// nothing.</param>
/// <param name="Custom">Of the model's maker; null where it is not known.</param>
/// <param name="BuiltIn">What the model itself tells of its pictures; null where that says nothing.</param>
/// <param name="OtherKind">From a prepared picture to the kind of network that its answers show; null where they may be a
/// classifier's. Called by several threads.</param>
/// <param name="Remark">A sentence for the user where nothing tells the preparation: why the model cannot. Null: nothing is known.</param>
internal sealed record PreparationProbes(
    BatchNormalizationProbe? BatchNormalization,
    Func<TensorValue, TensorValue>? FirstOutput,
    int Classes = 0,
    ExporterCustom? Custom = null,
    BuiltInPreparation? BuiltIn = null,
    Func<TensorValue, NetworkKind?>? OtherKind = null,
    string? Remark = null
);
