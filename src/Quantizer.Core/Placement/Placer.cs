using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>
/// Decides where quantization happens. A weighted node runs on integers when its rule says that it pays; every other node
/// does when it lies on a path from one such node to another, so that the values between them never become float. What comes
/// before the first and after the last of them (decoding, pooling, softmax) stays in float, where precision costs no time.
/// </summary>
public static class Placer
{
    /// <param name="tensors">Types and shapes of the graph's tensors.</param>
    /// <param name="namesOf">All names the user may call a node by: its own and its outputs', as in the user's file.</param>
    /// <exception cref="QuantizationException">A pattern matches nothing in the model.</exception>
    public static QuantizationSites Place(
        Graph graph, IReadOnlyDictionary<string, TensorSignature> tensors, TargetProfile target, PlacementOptions options,
        Func<Node, IEnumerable<string>>? namesOf = null)
    {
        GraphIndex index = new(graph);
        NameFilter filter = new(options, namesOf ?? (node => [node.Name, .. node.Outputs]));
        NodeDecisions decisions = NodeDecisions.Make(graph, index, tensors, target, filter);
        if (filter.Unmatched.FirstOrDefault() is { } pattern)
            throw new QuantizationException(
                $"Pattern '{pattern}' matches no node, tensor or operator type of the model. Names are case-sensitive and may hold * and ?; 'quantize inspect MODEL' lists them.");
        return new SiteBuilder(graph, index, tensors, target, decisions).Build();
    }
}
