using Quantizer.Graphs;

namespace Quantizer.Normalization.Widening;

/// <summary>Everything in a graph that names a floating-point type.</summary>
internal static class WidenedGraph
{
    /// <summary>Attributes that are the number of an element type: of what is made, or computed in.</summary>
    private static readonly string[] TypeAttributes = ["to", "dtype", "output_datatype", "stash_type", "softmax_precision"];

    /// <summary>Initializers and constants in attributes, those of subgraphs included.</summary>
    public static IEnumerable<Tensor> ConstantsIn(Graph graph) =>
        graph
            .Initializers.Concat(
                graph
                    .Nodes.SelectMany(node => node.Attributes)
                    .Select(attribute => attribute.Value)
                    .OfType<AttributeValue.OfTensor>()
                    .Select(value => value.Value)
            )
            .Concat(graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(ConstantsIn));

    /// <summary>The element types that are named anywhere.</summary>
    public static IEnumerable<ElementType> TypesIn(Graph graph) =>
        ConstantsIn(graph)
            .Select(constant => constant.Type)
            .Concat(graph.Inputs.Concat(graph.Outputs).Select(value => value.Type))
            .Concat(graph.EveryNode.SelectMany(TypeNumbers).Select(number => (ElementType)number));

    /// <param name="isMain">Inputs and outputs of the main graph, and constants that are defaults of its inputs, keep their type.</param>
    public static void Apply(Graph graph, HashSet<ElementType> types, bool isMain)
    {
        HashSet<string> kept = isMain ? [.. graph.Inputs.Select(input => input.Name)] : [];
        for (int i = 0; i < graph.Initializers.Count; i++)
        {
            if (types.Contains(graph.Initializers[i].Type) && !kept.Contains(graph.Initializers[i].Name))
                graph.Initializers[i] = FloatValues.Of(graph.Initializers[i]);
        }
        foreach (ValueInfo value in isMain ? graph.ValueInfos : [.. graph.ValueInfos, .. graph.Inputs, .. graph.Outputs])
        {
            if (types.Contains(value.Type))
                value.Type = ElementType.Float;
        }
        HashSet<string> outputs = isMain ? [.. graph.Outputs.Select(output => output.Name)] : [];
        foreach (Node node in graph.Nodes)
        {
            if (!node.Is("Cast") || !outputs.Contains(node.Outputs[0]))
                Apply(node, types);
            foreach (Graph subgraph in node.Subgraphs)
                Apply(subgraph, types, isMain: false);
        }
    }

    private static void Apply(Node node, HashSet<ElementType> types)
    {
        for (int i = 0; i < node.Attributes.Count; i++)
        {
            NodeAttribute attribute = node.Attributes[i];
            if (attribute.Value is AttributeValue.OfTensor constant && types.Contains(constant.Value.Type))
                node.Attributes[i] = NodeAttribute.Of(attribute.Name, FloatValues.Of(constant.Value));
            else if (IsType(attribute) && attribute.Value is AttributeValue.Int number && types.Contains((ElementType)number.Value))
                node.Attributes[i] = NodeAttribute.Of(attribute.Name, (long)ElementType.Float);
        }
    }

    private static IEnumerable<long> TypeNumbers(Node node) =>
        node.Attributes.Where(IsType).Select(attribute => attribute.Value).OfType<AttributeValue.Int>().Select(value => value.Value);

    private static bool IsType(NodeAttribute attribute) => TypeAttributes.Contains(attribute.Name);
}
