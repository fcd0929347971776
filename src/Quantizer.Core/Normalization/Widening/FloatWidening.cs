using Quantizer.Graphs;

namespace Quantizer.Normalization.Widening;

/// <summary>
/// Networks in half precision, bfloat16 or double become networks in float32, which integer kernels know.
/// 1. Constants, casts, declarations and what else names a type are changed, those inside subgraphs included.
/// 2. Inputs and outputs of the model keep their type: a Cast stands behind or in front of each.
/// 3. Half precision and bfloat16 lose nothing. Double is only widened where layers compute in it, for it is rounded: a detector's
///    decoding in double stays as it is. So does a model with a constant too large for float32.
/// 4. Kept: models with operators of unknown domains, which may demand the type, and with inputs or outputs that are no tensors.
/// </summary>
internal static class FloatWidening
{
    private static readonly string[] KnownDomains = ["", "com.microsoft", "ai.onnx.ml"];

    public static bool Apply(GraphEdit edit)
    {
        HashSet<ElementType> types = TypesToWiden(edit.Graph);
        if (types.Count == 0)
            return false;
        string names = string.Join(", ", types.Order().Select(NameOf));
        if (Obstacle(edit.Graph) is { } obstacle)
        {
            edit.Note($"{names} stays as it is: {obstacle}");
            return false;
        }
        CastInputs(edit, types);
        CastOutputs(edit, types);
        WidenedGraph.Apply(edit.Graph, types, isMain: true);
        edit.Edited();
        edit.ForgetSignatures();
        string loss = types.Contains(ElementType.Double) ? "; double was rounded to the 24 bits of float32" : "";
        edit.Note($"{names} became float32; inputs and outputs keep their type{loss}");
        return true;
    }

    /// <summary>Empty for a model that needs no widening.</summary>
    public static HashSet<ElementType> TypesToWiden(Graph graph)
    {
        HashSet<ElementType> found = [.. WidenedGraph.TypesIn(graph)];
        found.IntersectWith([ElementType.Float16, ElementType.BFloat16, ElementType.Double]);
        if (found.Contains(ElementType.Double) && (!DoubleLayers.AreIn(graph) || WidenedGraph.ConstantsIn(graph).Any(FloatValues.Overflow)))
            found.Remove(ElementType.Double);
        return found;
    }

    /// <summary>Why a model with such types cannot be widened; null where it can.</summary>
    private static string? Obstacle(Graph graph)
    {
        if (graph.Inputs.Concat(graph.Outputs).FirstOrDefault(value => value.Type == ElementType.Undefined) is { } value)
            return $"'{value.Name}' is no tensor";
        return graph.EveryNode.FirstOrDefault(node => !KnownDomains.Contains(node.Domain)) is { } node
            ? $"node '{node.Name}' ({node.OpType}) is of the domain '{node.Domain}', whose types are not known"
            : null;
    }

    private static void CastInputs(GraphEdit edit, HashSet<ElementType> types)
    {
        foreach (ValueInfo input in edit.Graph.Inputs.Where(input => types.Contains(input.Type)))
        {
            string widened = edit.UniqueTensorName($"{input.Name}_float");
            OuterReferences.Rename(edit.Graph, input.Name, widened);
            edit.AddAlias(widened, input.Name);
            edit.Graph.Nodes.Insert(0, Cast(input.Name, widened, ElementType.Float, edit));
        }
    }

    private static void CastOutputs(GraphEdit edit, HashSet<ElementType> types)
    {
        HashSet<string> inputs = [.. edit.Graph.Inputs.Select(input => input.Name)];
        foreach (ValueInfo output in edit.Graph.Outputs.Where(output => types.Contains(output.Type) && !inputs.Contains(output.Name)))
        {
            string made = edit.UniqueTensorName($"{output.Name}_float");
            OuterReferences.Rename(edit.Graph, output.Name, made);
            foreach (Node node in edit.Graph.Nodes)
            {
                int place = node.Outputs.IndexOf(output.Name);
                if (place >= 0)
                    node.Outputs[place] = made;
            }
            foreach (Tensor constant in edit.Graph.Initializers.Where(constant => constant.Name == output.Name))
                constant.Name = made;
            // What ONNX Runtime infers may be less: of attention's new caches the length of the old ones, whose memory they then get.
            if (output.Shape is not null)
                edit.Graph.ValueInfos.Add(new ValueInfo(made, output.Type, output.Shape));
            edit.AddAlias(made, output.Name);
            edit.Graph.Nodes.Add(Cast(made, output.Name, output.Type, edit));
        }
    }

    private static Node Cast(string from, string to, ElementType type, GraphEdit edit) =>
        new("Cast", [from], [to], edit.UniqueNodeName($"{to}_cast")) { Attributes = [NodeAttribute.Of("to", (long)type)] };

    private static string NameOf(ElementType type) =>
        type switch
        {
            ElementType.Float16 => "float16",
            ElementType.BFloat16 => "bfloat16",
            _ => "double",
        };
}
