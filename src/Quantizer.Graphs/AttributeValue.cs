using System.Text;

namespace Quantizer.Graphs;

/// <summary>The value of a node's attribute, one case per kind that stages look at; all others are <see cref="Opaque"/>.</summary>
internal abstract record AttributeValue
{
    private AttributeValue() { }

    public sealed record Int(long Value) : AttributeValue;

    public sealed record Float(float Value) : AttributeValue;

    /// <summary>Bytes; ONNX strings need not be UTF-8.</summary>
    public sealed record String(ReadOnlyMemory<byte> Bytes) : AttributeValue
    {
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    public sealed record IntList(IReadOnlyList<long> Values) : AttributeValue;

    public sealed record FloatList(IReadOnlyList<float> Values) : AttributeValue;

    public sealed record StringList(IReadOnlyList<ReadOnlyMemory<byte>> Values) : AttributeValue;

    public sealed record OfTensor(Tensor Value) : AttributeValue;

    public sealed record OfGraph(Graph Value) : AttributeValue;

    public sealed record GraphList(IReadOnlyList<Graph> Values) : AttributeValue;

    /// <summary>Inside a model-local function: the value of that attribute of the call. Kept as the file's bytes.</summary>
    public sealed record Reference(string Name) : AttributeValue;

    /// <summary>A kind not modelled (sparse tensors, tensor lists, types): kept as the file's bytes.</summary>
    public sealed record Opaque : AttributeValue;
}
