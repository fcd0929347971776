using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>The operators inside a model's own functions, which are not modelled otherwise.</summary>
internal static class FunctionOperators
{
    /// <summary>Domain and type of each node of each function, nodes of subgraphs included; the standard domain is empty.</summary>
    public static IEnumerable<(string Domain, string OpType)> Of(OnnxModel model) =>
        Preservation.Start(ModelProto.Parser, model.Preserved).Functions.SelectMany(function => function.Node).SelectMany(Within);

    private static IEnumerable<(string Domain, string OpType)> Within(NodeProto node) =>
        node
            .Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G))
            .SelectMany(graph => graph.Node)
            .SelectMany(Within)
            .Prepend((StandardDomain.Canonical(node.Domain), node.OpType));
}
