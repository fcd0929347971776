using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.ExternalData;
using Quantizer.Graphs.Serialization.Mapping;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization;

/// <summary>The functions that a model brings along. They pass through reading and writing; this takes them out, for inlining.</summary>
internal static class FunctionReader
{
    /// <summary>Takes the functions out of the model, which then holds none.</summary>
    /// <exception cref="ModelFormatException">A constant in a function is damaged.</exception>
    public static IReadOnlyList<ModelFunction> Take(OnnxModel model)
    {
        ModelProto rest = Preservation.Start(ModelProto.Parser, model.Preserved);
        if (rest.Functions.Count == 0)
            return [];
        // Reading a file puts the external data of functions into them.
        TensorReader tensors = new("functions", new ExternalFiles("functions", locations: null, new MappingCache()));
        List<ModelFunction> functions = [.. rest.Functions.Select(function => Read(function, tensors))];
        rest.Functions.Clear();
        model.Preserved = Preservation.Rest(rest);
        return functions;
    }

    /// <summary>Which of several functions of one name the node calls; mostly empty.</summary>
    public static string OverloadOf(Node node) => Preservation.Start(NodeProto.Parser, node.Preserved).Overload;

    private static ModelFunction Read(FunctionProto proto, TensorReader tensors) =>
        new(
            StandardDomain.Canonical(proto.Domain),
            proto.Name,
            proto.Overload,
            [.. proto.Input],
            [.. proto.Output],
            [.. proto.AttributeProto.Select(attribute => AttributeCodec.Read(attribute, tensors))],
            [.. proto.Node.Select(node => NodeCodec.Read(node, tensors))],
            [.. proto.OpsetImport.Select(set => new OperatorSet(StandardDomain.Canonical(set.Domain), set.Version))]
        );
}
