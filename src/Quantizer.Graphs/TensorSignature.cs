namespace Quantizer.Graphs;

/// <summary>What ONNX Runtime says of a model's input or output.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Shape">Null when the rank is unknown.</param>
public sealed record TensorSignature(string Name, ElementType Type, IReadOnlyList<Dimension>? Shape);
