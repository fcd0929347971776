using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>A graph in which nodes are written that quantize what they read: the main graph, or a body, which reads what is around
/// it.</summary>
internal sealed class DynamicScope(Graph graph, DynamicScope? outer = null)
{
    private readonly Dictionary<string, Tensor> _constants = graph.Initializers.ToDictionary(tensor => tensor.Name);

    public Graph Graph => graph;

    /// <summary>Integers, scale and zero point of the activations that were quantized here.</summary>
    public Dictionary<string, string[]> Quantized { get; } = [];

    public Tensor ConstantOf(string name) => _constants.TryGetValue(name, out Tensor? constant) ? constant : outer!.ConstantOf(name);
}
