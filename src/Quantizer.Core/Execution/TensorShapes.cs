using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Types and shapes of every tensor of a model, as ONNX Runtime infers them: nothing is run.</summary>
internal static class TensorShapes
{
    /// <summary>
    /// The signature of every graph input, initializer and node output of the main graph, by name. Symbols of the inputs
    /// stay symbols unless <paramref name="freeDimensions"/> gives them a size; dimensions that depend on data are
    /// unknown. Tensors that ONNX Runtime proves to be no dense tensors have <see cref="ElementType.Undefined"/>.
    /// </summary>
    /// <param name="freeDimensions">Sizes for symbolic dimensions by symbol, for example "batch" = 1.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static IReadOnlyDictionary<string, TensorSignature> Of(OnnxModel model, IReadOnlyDictionary<string, long>? freeDimensions = null)
    {
        Graph graph = model.Graph;
        ExecutionOptions options = new()
        {
            // Folding constants turns computed shapes (Shape, Gather, Concat, Reshape) into known ones.
            Level = OptimizationLevel.Basic,
            DisablePrepacking = true,
            FreeDimensions = freeDimensions ?? new Dictionary<string, long>(),
        };
        OnnxModel tapped = ModelVariants.WithOutputs(
            model,
            graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0)
        );
        Dictionary<string, TensorSignature> signatures = [];
        foreach (Tensor tensor in graph.Initializers)
        {
            signatures[tensor.Name] = new TensorSignature(
                tensor.Name,
                tensor.Type,
                [.. tensor.Dimensions.Select(size => new Dimension(size))]
            );
        }

        using (InferenceModel session = InferenceModel.Load(tapped, options))
        {
            foreach (TensorSignature signature in session.Inputs)
                signatures[signature.Name] = signature;
            foreach (TensorSignature signature in session.Outputs)
                signatures[signature.Name] = session.IsTensor(signature.Name) ? signature : signature with { Type = ElementType.Undefined };
        }

        List<string> suspects =
        [
            .. signatures.Values.Where(signature => signature.Shape is { Count: 0 }).Select(signature => signature.Name),
        ];
        suspects.RemoveAll(name => graph.Initializers.Exists(tensor => tensor.Name == name));
        if (suspects.Count > 0)
            MarkUnranked(signatures, suspects, model, options);
        return signatures;
    }

    /// <summary>
    /// ONNX Runtime's interface reports an unknown rank as rank 0. The output of a Shape node tells them apart: its length
    /// is the rank.
    /// </summary>
    private static void MarkUnranked(
        Dictionary<string, TensorSignature> signatures,
        List<string> suspects,
        OnnxModel model,
        ExecutionOptions options
    )
    {
        Dictionary<string, string> suspectOf = suspects.ToDictionary(suspect => $"rank of {suspect}");
        List<Node> shapes = [.. suspectOf.Select(pair => new Node("Shape", [pair.Value], [pair.Key], pair.Key))];
        using InferenceModel session = InferenceModel.Load(
            ModelVariants.WithNodesAndOutputs(model, [.. model.Graph.Nodes, .. shapes], suspectOf.Keys),
            options
        );
        foreach (TensorSignature shape in session.Outputs)
        {
            if (shape.Shape is not [{ Size: 0 }])
                signatures[suspectOf[shape.Name]] = signatures[suspectOf[shape.Name]] with { Shape = null };
        }
    }

    /// <summary>
    /// As <see cref="Of"/>, with every first dimension of a graph input that has no size set to <paramref name="batch"/>:
    /// the shapes of a run on that many samples.
    /// </summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static IReadOnlyDictionary<string, TensorSignature> OfBatch(OnnxModel model, long batch = 1)
    {
        Dictionary<string, long> symbols = model
            .Graph.Inputs.Select(input => input.Shape is { Count: > 0 } shape && shape[0].Size is null ? shape[0].Symbol : null)
            .OfType<string>()
            .Distinct()
            .ToDictionary(symbol => symbol, _ => batch);
        return Of(ModelVariants.WithInputs(model, [.. model.Graph.Inputs.Select(input => WithBatch(input, batch))]), symbols);
    }

    /// <summary>A nameless first dimension cannot be overridden by its symbol: the declaration itself gets the size.</summary>
    private static ValueInfo WithBatch(ValueInfo input, long batch) =>
        input.Shape is { Count: > 0 } shape && shape[0] == Dimension.Unknown
            ? new ValueInfo(input.Name, input.Type, [new Dimension(batch), .. shape.Skip(1)])
            : input;
}
