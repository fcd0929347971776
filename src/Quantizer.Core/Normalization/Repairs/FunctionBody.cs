using Quantizer.Graphs;

namespace Quantizer.Normalization.Repairs;

/// <summary>
/// The nodes that one call of a function stands for: formal inputs and outputs are the call's, all other names are new, references
/// to attributes are the call's values or the function's defaults.
/// </summary>
internal sealed class FunctionBody(Node call, ModelFunction function, GraphEdit edit)
{
    private readonly string _prefix = call.Name.Length > 0 ? call.Name : call.OpType;

    public List<Node> Instantiate()
    {
        Dictionary<string, string> names = [];
        for (int i = 0; i < function.Inputs.Count; i++)
            names[function.Inputs[i]] = i < call.Inputs.Count ? call.Inputs[i] : "";
        List<Node> handedThrough = [];
        for (int i = 0; i < Math.Min(function.Outputs.Count, call.Outputs.Count); i++)
        {
            string wanted = call.Outputs[i];
            if (wanted.Length > 0 && !names.TryAdd(function.Outputs[i], wanted))
                handedThrough.Add(new Node("Identity", [names[function.Outputs[i]]], [wanted], NewNodeName("Identity")));
        }
        Declare(function.Nodes, names);
        return [.. function.Nodes.Select(node => Copy(node, names)), .. handedThrough];
    }

    private void Declare(IEnumerable<Node> nodes, Dictionary<string, string> names)
    {
        foreach (string output in nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0))
        {
            if (!names.ContainsKey(output))
                names[output] = NewTensorName(output);
        }
    }

    private Node Copy(Node node, Dictionary<string, string> names) =>
        new(
            node.OpType,
            node.Inputs.Select(input => names.GetValueOrDefault(input, input)),
            node.Outputs.Select(output => names.GetValueOrDefault(output, output)),
            NewNodeName(node.Name.Length > 0 ? node.Name : node.OpType),
            node.Domain
        )
        {
            Attributes = [.. node.Attributes.Select(attribute => Resolve(attribute, names)).OfType<NodeAttribute>()],
            DocString = node.DocString,
            Preserved = node.Preserved,
        };

    /// <summary>Null for a reference to an attribute that neither call nor function give: the operator's own default holds.</summary>
    private NodeAttribute? Resolve(NodeAttribute attribute, Dictionary<string, string> names)
    {
        if (attribute.Value is AttributeValue.Reference reference)
        {
            // The call's graphs read the call's surroundings, so that only what they declare themselves is renamed.
            names = [];
            NodeAttribute? given =
                call.Attribute(reference.Name) ?? function.Defaults.FirstOrDefault(value => value.Name == reference.Name);
            if (given is null)
                return null;
            attribute = given with { Name = attribute.Name };
        }
        return attribute.Value switch
        {
            AttributeValue.OfGraph one => attribute with { Value = new AttributeValue.OfGraph(Copy(one.Value, names)) },
            AttributeValue.GraphList many => attribute with
            {
                Value = new AttributeValue.GraphList([.. many.Values.Select(graph => Copy(graph, names))]),
            },
            _ => attribute,
        };
    }

    /// <summary>What a graph declares gets new names, so that it hides nothing of the place where it comes to stand.</summary>
    private Graph Copy(Graph graph, Dictionary<string, string> outer)
    {
        Dictionary<string, string> names = new(outer);
        foreach (string own in graph.Inputs.Select(input => input.Name).Concat(graph.Initializers.Select(tensor => tensor.Name)))
            names[own] = NewTensorName(own);
        foreach (string own in graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0))
            names[own] = NewTensorName(own);
        return new Graph
        {
            Name = graph.Name,
            Nodes = [.. graph.Nodes.Select(node => Copy(node, names))],
            Initializers = [.. graph.Initializers.Select(tensor => tensor.Renamed(names[tensor.Name]))],
            Inputs = [.. graph.Inputs.Select(input => Copy(input, names))],
            Outputs = [.. graph.Outputs.Select(output => Copy(output, names))],
            DocString = graph.DocString,
            Preserved = graph.Preserved,
        };
    }

    private static ValueInfo Copy(ValueInfo value, Dictionary<string, string> names) =>
        new(names.GetValueOrDefault(value.Name, value.Name), value.Type, value.Shape)
        {
            DocString = value.DocString,
            Preserved = value.Preserved,
        };

    private string NewTensorName(string name) => edit.UniqueTensorName($"{_prefix}/{name}");

    private string NewNodeName(string name) => edit.UniqueNodeName($"{_prefix}/{name}");
}
