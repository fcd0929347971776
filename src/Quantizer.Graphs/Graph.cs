namespace Quantizer.Graphs;

/// <summary>A graph: nodes in topological order, constants, declared inputs and outputs.</summary>
internal sealed class Graph
{
    public string Name { get; set; } = "";

    public List<Node> Nodes { get; init; } = [];

    public List<Tensor> Initializers { get; init; } = [];

    public List<ValueInfo> Inputs { get; init; } = [];

    public List<ValueInfo> Outputs { get; init; } = [];

    public List<ValueInfo> ValueInfos { get; init; } = [];

    public string DocString { get; set; } = "";

    /// <summary>Sparse initializers, quantization annotations, metadata and unknown fields.</summary>
    public PreservedFields Preserved { get; set; }
}
