using System.Text;

namespace Quantizer.Graphs;

/// <summary>A named attribute of a node.</summary>
internal sealed record NodeAttribute(string Name, AttributeValue Value)
{
    public string DocString { get; init; } = "";

    /// <summary>For <see cref="AttributeValue.Opaque"/> and <see cref="AttributeValue.Reference"/> the whole value; otherwise only unknown
    /// fields.</summary>
    public PreservedFields Preserved { get; init; }

    public static NodeAttribute Of(string name, long value) => new(name, new AttributeValue.Int(value));

    public static NodeAttribute Of(string name, float value) => new(name, new AttributeValue.Float(value));

    public static NodeAttribute Of(string name, string value) => new(name, new AttributeValue.String(Encoding.UTF8.GetBytes(value)));

    public static NodeAttribute Of(string name, IEnumerable<long> values) => new(name, new AttributeValue.IntList([.. values]));

    public static NodeAttribute Of(string name, IEnumerable<float> values) => new(name, new AttributeValue.FloatList([.. values]));

    public static NodeAttribute Of(string name, Tensor value) => new(name, new AttributeValue.OfTensor(value));

    public static NodeAttribute Of(string name, Graph value) => new(name, new AttributeValue.OfGraph(value));
}
