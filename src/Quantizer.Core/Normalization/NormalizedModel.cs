using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// A model every later stage can work on: opset 13 or newer, constants and BatchNormalization folded, explicit pads, every node
/// named uniquely, the type of every tensor known. It computes what the user's model computes, within float rounding.
/// </summary>
/// <param name="Model">
/// A copy that stages may edit no further. Untouched constants share their bytes with the source, so the source must stay
/// undisposed as long as this model is used.
/// </param>
/// <param name="Tensors">Type and shape of every tensor of the main graph, constants included; symbolic dimensions are kept.</param>
/// <param name="SampleTensors">The same for one sample: the first axis of every input that leaves it open is 1.</param>
/// <param name="UserNodes">
/// Normalized node name to the names of the user's nodes that it now does the work of (a Conv and the BatchNormalization
/// folded into it); empty for a node that has no name in the user's file.
/// </param>
/// <param name="UserTensors">
/// Normalized tensor name to the user's other names for the same value, where there are some (an Identity's output), and for a
/// clone of a shared weight the weight's name. All other names are the user's own or were made for new tensors.
/// </param>
/// <param name="Notes">What each pass did, in order.</param>
internal sealed record NormalizedModel(
    OnnxModel Model,
    IReadOnlyDictionary<string, TensorSignature> Tensors,
    IReadOnlyDictionary<string, TensorSignature> SampleTensors,
    IReadOnlyDictionary<string, IReadOnlyList<string>> UserNodes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> UserTensors,
    IReadOnlyList<NormalizationNote> Notes
)
{
    /// <summary>Tensors that a lowered model no longer has, by the output of the node that does their nodes' work: users may call the
    /// node by them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> JoinedTensors { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public Graph Graph => Model.Graph;
}
