namespace Quantizer.Graphs;

/// <summary>An operator call. An empty string in <see cref="Inputs"/> or <see cref="Outputs"/> is an omitted optional one.</summary>
internal sealed class Node
{
    public Node(string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name = "", string domain = "")
    {
        OpType = opType;
        Inputs = [.. inputs];
        Outputs = [.. outputs];
        Name = name;
        Domain = domain;
    }

    public string Name { get; set; }

    public string OpType { get; set; }

    /// <summary>The operator set's domain; "" is the standard one. Reading maps its alias "ai.onnx" to "", and writing puts the alias
    /// back.</summary>
    public string Domain { get; set; }

    public List<string> Inputs { get; }

    public List<string> Outputs { get; }

    public List<NodeAttribute> Attributes { get; init; } = [];

    public string DocString { get; set; } = "";

    public PreservedFields Preserved { get; init; }

    public bool Is(string opType) => OpType == opType && Domain.Length == 0;

    public NodeAttribute? Attribute(string name) => Attributes.Find(attribute => attribute.Name == name);

    public long IntAttribute(string name, long absent) => Attribute(name)?.Value is AttributeValue.Int value ? value.Value : absent;

    public float FloatAttribute(string name, float absent) => Attribute(name)?.Value is AttributeValue.Float value ? value.Value : absent;

    public string StringAttribute(string name, string absent) =>
        Attribute(name)?.Value is AttributeValue.String value ? value.Text : absent;

    public IReadOnlyList<long>? IntsAttribute(string name) => (Attribute(name)?.Value as AttributeValue.IntList)?.Values;

    /// <summary>Adds the attribute or replaces the one of its name.</summary>
    public void Set(NodeAttribute attribute)
    {
        Attributes.RemoveAll(present => present.Name == attribute.Name);
        Attributes.Add(attribute);
    }

    public bool RemoveAttribute(string name) => Attributes.RemoveAll(attribute => attribute.Name == name) > 0;

    /// <summary>Graphs in attributes (If, Loop, Scan), which may read tensors of the graphs around them.</summary>
    public IEnumerable<Graph> Subgraphs =>
        Attributes.SelectMany(attribute =>
            attribute.Value switch
            {
                AttributeValue.OfGraph one => [one.Value],
                AttributeValue.GraphList many => many.Values,
                _ => (IEnumerable<Graph>)[],
            }
        );

    public override string ToString() => $"{Name} ({OpType})";
}
