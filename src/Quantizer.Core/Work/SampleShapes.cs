using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>The sizes of a model's tensors, as far as work depends on them.</summary>
internal static class SampleShapes
{
    /// <summary>Sizes as they are declared or follow from what is: unknown where a dimension is open.</summary>
    public static Func<string, IReadOnlyList<long>?> Declared(Graph graph, IReadOnlyDictionary<string, TensorSignature> tensors)
    {
        Dictionary<string, IReadOnlyList<long>> constants = graph.Initializers.ToDictionary(
            tensor => tensor.Name,
            tensor => tensor.Dimensions
        );
        return name =>
            constants.GetValueOrDefault(name) ?? (tensors.TryGetValue(name, out TensorSignature? signature) ? Sizes(signature) : null);
    }

    /// <summary>
    /// Sizes as they are for one sample. Where declared ones do not tell, the model is run once: it knows best what becomes of a
    /// sentence of that length, or a picture of that size.
    /// </summary>
    /// <param name="tensors">Types and shapes of the graph's tensors for a batch of one.</param>
    /// <param name="sample">Null: there is none, and only what is declared is known.</param>
    /// <param name="asks">The nodes around which sizes are wanted; null: those that work is counted of, and whose
    /// bodies it is.</param>
    public static Func<string, IReadOnlyList<long>?> Of(
        OnnxModel model,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        IReadOnlyDictionary<string, TensorValue>? sample,
        Func<Node, bool>? asks = null
    )
    {
        Func<string, IReadOnlyList<long>?> declared = Declared(model.Graph, tensors);
        if (sample is null)
            return declared;
        // An open first axis was taken to be a batch of one; where it is a length, what follows from it is wrong.
        bool fits = sample.All(input => declared(input.Key) is not { } sizes || sizes.SequenceEqual(input.Value.Shape));
        string[] asked =
        [
            .. model
                .Graph.Nodes.Where(
                    asks ?? (node => WorkTable.Asks(node) || node.Subgraphs.SelectMany(body => body.EveryNode).Any(WorkTable.Asks))
                )
                .SelectMany(node => (IEnumerable<string>)[.. GraphIndex.ReadBy(node), .. node.Outputs])
                .Where(tensor => tensor.Length > 0 && (!fits || declared(tensor) is null))
                .Distinct(),
        ];
        HashSet<string> constants = [.. model.Graph.Initializers.Select(tensor => tensor.Name)];
        Dictionary<string, IReadOnlyList<long>> seen = sample.ToDictionary(
            input => input.Key,
            input => (IReadOnlyList<long>)input.Value.Shape
        );
        string[] made = [.. asked.Where(tensor => !seen.ContainsKey(tensor) && !constants.Contains(tensor))];
        try
        {
            if (made.Length > 0)
                Run(model, made, sample, seen);
        }
        catch (QuantizationException)
        {
            // Whoever needs the run itself says what is wrong with the model or the sample; here sizes just stay unknown.
        }
        return name => seen.GetValueOrDefault(name) ?? (fits || constants.Contains(name) ? declared(name) : null);
    }

    private static void Run(
        OnnxModel model,
        string[] tensors,
        IReadOnlyDictionary<string, TensorValue> sample,
        Dictionary<string, IReadOnlyList<long>> seen
    )
    {
        HashSet<string> outputs = [.. model.Graph.Nodes.SelectMany(node => node.Outputs)];
        string[] shown = [.. tensors.Where(outputs.Contains)];
        // Without optimization every tensor exists.
        using InferenceModel session = InferenceModel.Load(
            ModelVariants.WithOutputs(model, shown),
            new ExecutionOptions { Level = OptimizationLevel.None }
        );
        session.Visit(sample, shown, (tensor, _, shape, _) => seen[tensor] = [.. shape]);
    }

    private static IReadOnlyList<long>? Sizes(TensorSignature signature) =>
        signature.Shape is { } shape && shape.All(axis => axis.Size is not null) ? [.. shape.Select(axis => axis.Size!.Value)] : null;
}
