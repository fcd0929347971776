namespace Quantizer.Graphs;

/// <summary>A graph: nodes in topological order, constants, declared inputs and outputs.</summary>
internal sealed class Graph
{
    public string Name { get; set; } = "";

    public List<Node> Nodes { get; init; } = [];

    /// <summary>The nodes, and behind each of them those of its bodies (If, Loop, Scan), at any depth.</summary>
    public IEnumerable<Node> EveryNode => Nodes.SelectMany(node => node.Subgraphs.SelectMany(body => body.EveryNode).Prepend(node));

    public List<Tensor> Initializers { get; init; } = [];

    public List<ValueInfo> Inputs { get; init; } = [];

    public List<ValueInfo> Outputs { get; init; } = [];

    public List<ValueInfo> ValueInfos { get; init; } = [];

    public string DocString { get; set; } = "";

    /// <summary>Sparse initializers, quantization annotations, metadata and unknown fields.</summary>
    public PreservedFields Preserved { get; set; }
}
