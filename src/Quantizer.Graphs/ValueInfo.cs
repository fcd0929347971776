namespace Quantizer.Graphs;

/// <summary>A declared tensor: a graph's input or output, or a note on an inner tensor.</summary>
internal sealed class ValueInfo
{
    public ValueInfo(string name, ElementType type, IReadOnlyList<Dimension>? shape)
    {
        Name = name;
        Type = type;
        Shape = shape;
    }

    public string Name { get; set; }

    /// <summary><see cref="ElementType.Undefined"/> for sequences, optionals, maps and undeclared types.</summary>
    public ElementType Type { get; set; }

    /// <summary>Null when the rank is unknown.</summary>
    public IReadOnlyList<Dimension>? Shape { get; set; }

    public string DocString { get; set; } = "";

    /// <summary>The whole type of a value that is no dense tensor, denotations, metadata and unknown fields.</summary>
    public PreservedFields Preserved { get; init; }

    public override string ToString() => $"{Name}: {Type}[{(Shape is null ? "?" : string.Join(',', Shape))}]";
}
