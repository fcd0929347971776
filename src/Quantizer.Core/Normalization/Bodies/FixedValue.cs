using Quantizer.Graphs;

namespace Quantizer.Normalization.Bodies;

/// <summary>A value inside a body that is always the same: a tensor, or what a node makes of such values.</summary>
internal sealed class FixedValue
{
    private readonly Tensor? _tensor;
    private readonly Node? _maker;
    private readonly IReadOnlyList<FixedValue?> _inputs = [];
    private string? _moved;

    public FixedValue(Tensor tensor) => (_tensor, Bytes) = (tensor, tensor.Data.Length);

    /// <param name="inputs">What the node reads; null for an input that is left out.</param>
    public FixedValue(Node maker, IReadOnlyList<FixedValue?> inputs) =>
        (_maker, _inputs, Bytes) = (maker, inputs, inputs.Max(input => input?.Bytes) ?? 0);

    /// <summary>Of the largest tensor that it is made of.</summary>
    public long Bytes { get; }

    /// <summary>Puts the value into the main graph, once, in front of a node, and gives its name there.</summary>
    public string MovedTo(GraphEdit edit, Node place)
    {
        if (_moved is not null)
            return _moved;
        if (_tensor is not null)
            return _moved = edit.AddConstant(_tensor);
        string[] inputs = [.. _inputs.Select(input => input?.MovedTo(edit, place) ?? "")];
        _moved = edit.UniqueTensorName(_maker!.Outputs[0]);
        edit.InsertBefore(
            place,
            new Node(_maker.OpType, inputs, [_moved], edit.UniqueNodeName(_maker.Name.Length > 0 ? _maker.Name : _maker.OpType))
            {
                Attributes = [.. _maker.Attributes],
            }
        );
        return _moved;
    }
}
