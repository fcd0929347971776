using System.Globalization;
using System.Text;

namespace Quantizer.Graphs;

/// <summary>A graph as text, one line an input, constant, node and output: stable, so that tests can compare it.</summary>
internal static class GraphPrinter
{
    private const int ShownElements = 8;

    public static string Print(Graph graph)
    {
        StringBuilder text = new();
        Print(graph, text, indent: "");
        return text.ToString();
    }

    private static void Print(Graph graph, StringBuilder text, string indent)
    {
        foreach (ValueInfo input in graph.Inputs)
            text.Append(indent).Append("input ").Append(input).Append('\n');
        foreach (Tensor tensor in graph.Initializers)
            text.Append(indent).Append("constant ").Append(Describe(tensor)).Append('\n');
        foreach (Node node in graph.Nodes)
            Print(node, text, indent);
        foreach (ValueInfo output in graph.Outputs)
            text.Append(indent).Append("output ").Append(output).Append('\n');
    }

    private static void Print(Node node, StringBuilder text, string indent)
    {
        text.Append(indent).AppendJoin(", ", node.Outputs.Select(Name)).Append(" = ");
        if (node.Domain.Length > 0)
            text.Append(node.Domain).Append('.');
        text.Append(node.OpType).Append('(').AppendJoin(", ", node.Inputs.Select(Name)).Append(')');
        NodeAttribute[] plain =
        [
            .. node.Attributes.Where(attribute => attribute.Value is not (AttributeValue.OfGraph or AttributeValue.GraphList)),
        ];
        if (plain.Length > 0)
        {
            text.Append(" {")
                .AppendJoin(", ", plain.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(Describe))
                .Append('}');
        }

        text.Append('\n');
        foreach (Graph subgraph in node.Subgraphs)
        {
            text.Append(indent).Append("  subgraph ").Append(subgraph.Name).Append('\n');
            Print(subgraph, text, indent + "    ");
        }
    }

    private static string Name(string tensor) => tensor.Length == 0 ? "-" : tensor;

    private static string Describe(NodeAttribute attribute) => $"{attribute.Name}={Describe(attribute.Value)}";

    private static string Describe(AttributeValue value) =>
        value switch
        {
            AttributeValue.Int one => one.Value.ToString(CultureInfo.InvariantCulture),
            AttributeValue.Float one => one.Value.ToString(CultureInfo.InvariantCulture),
            AttributeValue.String one => $"\"{one.Text}\"",
            AttributeValue.IntList many => $"[{string.Join(',', many.Values)}]",
            AttributeValue.FloatList many => $"[{Join(many.Values)}]",
            AttributeValue.StringList many =>
                $"[{string.Join(',', many.Values.Select(text => $"\"{Encoding.UTF8.GetString(text.Span)}\""))}]",
            AttributeValue.OfTensor one => Describe(one.Value),
            _ => "?",
        };

    private static string Describe(Tensor tensor)
    {
        string? values =
            tensor.ElementCount > ShownElements
                ? null
                : tensor.Type switch
                {
                    ElementType.Float => Join(tensor.Values<float>().ToArray()),
                    ElementType.Double => Join(tensor.Values<double>().ToArray()),
                    ElementType.Int64 => Join(tensor.Values<long>().ToArray()),
                    ElementType.Int32 => Join(tensor.Values<int>().ToArray()),
                    ElementType.Int8 => Join(tensor.Values<sbyte>().ToArray()),
                    ElementType.UInt8 => Join(tensor.Values<byte>().ToArray()),
                    _ => null,
                };
        return values is null ? tensor.ToString() : $"{tensor} {{{values}}}";
    }

    private static string Join<T>(IEnumerable<T> values)
        where T : IFormattable => string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));
}
