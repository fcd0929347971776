using Quantizer.Execution;
using Quantizer.Execution.Native;
using Quantizer.Graphs;

namespace Quantizer.Calibration.Observation;

/// <summary>A model opened so that every observed tensor can be read in a run.</summary>
internal sealed class TappedModel : IDisposable
{
    private readonly OnnxModel? _weights;

    /// <param name="weights">The model that holds the session's weights, if that does not hold them itself.</param>
    private TappedModel(InferenceModel session, IReadOnlyList<Tap> taps, OnnxModel? weights = null)
    {
        Session = session;
        _weights = weights;
        Taps = taps;
        Outputs = [.. taps.Select(tap => tap.Output).OfType<string>().DefaultIfEmpty(session.Outputs[0].Name)];
    }

    public InferenceModel Session { get; }

    /// <summary>In the order of the model's nodes.</summary>
    public IReadOnlyList<Tap> Taps { get; }

    /// <summary>The session's outputs that a run must give: those that the taps read, or any, because ONNX Runtime wants one.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Why the tensors are outputs of the model, which is the slower way to read them; null where they are not.</summary>
    public string? ObservationProblem { get; private init; }

    /// <param name="tensors">Outputs of the main graph's nodes.</param>
    /// <param name="asOutputs">Always make the tensors outputs of the model.</param>
    /// <exception cref="QuantizationException">No node makes a tensor, it is not float, or ONNX Runtime refuses the model.</exception>
    public static TappedModel Open(OnnxModel model, IReadOnlyCollection<string> tensors, bool asOutputs = false)
    {
        List<string> ordered = InGraphOrder(model.Graph, tensors);
        OnnxModel tapped = ModelVariants.WithOutputs(model, ordered);
        string? problem = null;
        if (!asOutputs && ordered.Count > 0)
        {
            try
            {
                if (OpenObserved(OptimizedGraph.Of(tapped), ordered) is { } observed)
                    return observed;
            }
            catch (QuantizationException error)
            {
                // The ordinary way below either works or fails with the model's own fault.
                problem = error.Message;
            }
        }
        InferenceModel session = InferenceModel.Load(tapped);
        return Checked(new TappedModel(session, [.. ordered.Select(tensor => new Tap(tensor, tensor))]) { ObservationProblem = problem });
    }

    public void Dispose()
    {
        Session.Dispose();
        _weights?.Dispose();
    }

    /// <param name="optimized">Disposed of with the result, or where there is none.</param>
    private static TappedModel? OpenObserved(OnnxModel optimized, List<string> tensors)
    {
        TappedModel? opened = null;
        try
        {
            NativeHeap.ReturnFreed();
            if (ObservedGraph.Insert(optimized, tensors) is { } taps)
                opened = new TappedModel(InferenceModel.LoadOptimized(optimized), taps, optimized);
        }
        finally
        {
            if (opened is null)
                optimized.Dispose();
        }
        return opened is null ? null : Checked(opened);
    }

    private static List<string> InGraphOrder(Graph graph, IReadOnlyCollection<string> tensors)
    {
        HashSet<string> wanted = [.. tensors];
        List<string> ordered = [.. graph.Nodes.SelectMany(node => node.Outputs).Where(wanted.Contains)];
        if (ordered.Count == wanted.Count)
            return ordered;
        wanted.ExceptWith(ordered);
        throw new QuantizationException($"Tensor '{wanted.First()}' cannot be observed: no node of the main graph makes it.");
    }

    /// <exception cref="QuantizationException">ONNX Runtime dropped an output, or a tensor is not float.</exception>
    private static TappedModel Checked(TappedModel model)
    {
        Dictionary<string, TensorSignature> outputs = model.Session.Outputs.ToDictionary(output => output.Name);
        foreach (Tap tap in model.Taps)
        {
            if (tap.Output is not { } name)
                continue;
            string? fault =
                !outputs.TryGetValue(name, out TensorSignature? output) ? "ONNX Runtime does not give it out"
                : FloatValues.Supports(output.Type) ? null
                : $"its type is {output.Type}, only float tensors have ranges";
            if (fault is null)
                continue;
            model.Dispose();
            throw new QuantizationException($"Tensor '{tap.Tensor}' cannot be observed: {fault}.");
        }
        return model;
    }
}
