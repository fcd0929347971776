using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Kernels;

/// <summary>Which operator of ONNX Runtime's optimized graph stands in the place of each node of a model.</summary>
internal sealed class KernelMap
{
    private readonly Dictionary<string, Node> _byName = [];
    private readonly Dictionary<string, Node> _byConstant = [];
    private readonly Dictionary<string, Node> _byOutput = [];

    /// <param name="optimized">The graph ONNX Runtime really runs (<see cref="OptimizedGraph"/>).</param>
    public KernelMap(Graph optimized)
    {
        HashSet<string> constants =
        [
            .. optimized
                .EveryNode.SelectMany(node => node.Subgraphs)
                .Prepend(optimized)
                .SelectMany(graph => graph.Initializers)
                .Select(tensor => tensor.Name),
        ];
        foreach (Node node in optimized.EveryNode)
        {
            _byName.TryAdd(RuntimeNames.Original(node.Name), node);
            foreach (string input in node.Inputs.Where(constants.Contains))
                _byConstant.TryAdd(input, node);
            foreach (string output in node.Outputs)
                _byOutput.TryAdd(output, node);
        }
    }

    /// <summary>The operator type that runs for a node; null when it was fused into another one.</summary>
    /// <param name="node">A node of the model that was opened, with a unique name.</param>
    /// <param name="weights">Its integer weights, whose name survives fusion even where the node's does not.</param>
    public string? KernelOf(Node node, string? weights = null) => NodeOf(node, weights)?.OpType;

    /// <summary>The optimized graph's node that runs for a node; null as above.</summary>
    /// <param name="node">As above.</param>
    /// <param name="weights">As above.</param>
    public Node? NodeOf(Node node, string? weights = null)
    {
        if (weights is not null && _byConstant.TryGetValue(weights, out Node? kernel))
            return kernel;
        if (_byName.TryGetValue(node.Name, out kernel))
            return kernel;
        return node.Outputs.Count == 0 ? null : _byName.GetValueOrDefault(node.Outputs[0] + "_nchwc") ?? MakerOf(node.Outputs[0]);
    }

    /// <summary>A float kernel in the blocked layout gives its output to a node that brings it back to the ordinary one.</summary>
    private Node? MakerOf(string tensor) =>
        _byOutput.GetValueOrDefault(tensor) is not { } maker ? null
        : maker.OpType == "ReorderOutput" ? MakerOf(maker.Inputs[0])
        : maker;
}
