using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Calibration;

/// <summary>A model opened so that every observed tensor can be read after a run.</summary>
internal sealed class TappedModel : IDisposable
{
    private TappedModel(InferenceModel session, IReadOnlyList<Tap> taps)
    {
        Session = session;
        Taps = taps;
        Outputs = taps.Count > 0 ? [.. taps.Select(tap => tap.Output).Distinct()] : [session.Outputs[0].Name];
    }

    public InferenceModel Session { get; }

    /// <summary>In the order of the model's nodes.</summary>
    public IReadOnlyList<Tap> Taps { get; }

    /// <summary>
    /// The session's outputs that the taps read; without taps, where only graph inputs are observed, any of them: ONNX Runtime
    /// wants one, and the run shows whether the samples fit.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Why the tensors are read in the ordinary layout although the model has convolutions; null where they are not.</summary>
    public string? BlockedLayoutProblem { get; private init; }

    /// <param name="tensors">Outputs of the main graph's nodes.</param>
    /// <param name="blocked">False: never read blocked layouts.</param>
    /// <exception cref="QuantizationException">No node makes a tensor, it is not float, or ONNX Runtime refuses the model.</exception>
    public static TappedModel Open(OnnxModel model, IReadOnlyCollection<string> tensors, bool blocked = true)
    {
        List<string> ordered = InGraphOrder(model.Graph, tensors);
        OnnxModel tapped = ModelVariants.WithOutputs(model, ordered);
        string? problem = null;
        if (blocked && model.Graph.Nodes.Exists(node => node.Is("Conv")))
        {
            try
            {
                if (OptimizedGraph.Use(tapped, optimized => OpenBlocked(optimized, ordered)) is { } fast) return fast;
            }
            catch (QuantizationException error)
            {
                // The ordinary way below either works or fails with the model's own fault.
                problem = error.Message;
            }
        }
        InferenceModel session = InferenceModel.Load(tapped);
        return Checked(new TappedModel(session, [.. ordered.Select(tensor => new Tap(tensor, tensor))]) { BlockedLayoutProblem = problem });
    }

    public void Dispose() => Session.Dispose();

    private static TappedModel? OpenBlocked(OnnxModel optimized, List<string> ordered)
    {
        BlockedTaps taps = new(optimized, ordered);
        IReadOnlyCollection<string> chosen = taps.Candidates;
        while (chosen.Count > 0)
        {
            InferenceModel session = InferenceModel.Load(taps.Without(chosen), new ExecutionOptions { Level = OptimizationLevel.None });
            Dictionary<string, TensorSignature> outputs = session.Outputs.ToDictionary(output => output.Name);
            List<string> sound = [.. chosen.Where(candidate => IsSound(taps, candidate, outputs))];
            if (sound.Count == chosen.Count)
                return Checked(new TappedModel(session, [.. ordered.Select(tensor => chosen.Contains(tensor) ? taps.TapOf(tensor) : new Tap(tensor, tensor))]));
            session.Dispose();
            chosen = sound;
        }
        return null;
    }

    /// <summary>Whether the blocked tensor's padding is known and harmless.</summary>
    private static bool IsSound(BlockedTaps taps, string candidate, Dictionary<string, TensorSignature> outputs)
    {
        Tap tap = taps.TapOf(candidate);
        if (!outputs.TryGetValue(tap.Output, out TensorSignature? output) || output.Shape is not { Count: > 1 } shape || shape[1].Size is not { } padded) return false;
        return padded == tap.Channels || (padded > tap.Channels && taps.PaddingIsZero(candidate));
    }

    private static List<string> InGraphOrder(Graph graph, IReadOnlyCollection<string> tensors)
    {
        HashSet<string> wanted = [.. tensors];
        List<string> ordered = [.. graph.Nodes.SelectMany(node => node.Outputs).Where(wanted.Contains)];
        if (ordered.Count == wanted.Count) return ordered;
        wanted.ExceptWith(ordered);
        throw new QuantizationException($"Tensor '{wanted.First()}' cannot be observed: no node of the main graph makes it.");
    }

    /// <exception cref="QuantizationException">ONNX Runtime dropped an output, or a tensor is not float.</exception>
    private static TappedModel Checked(TappedModel model)
    {
        Dictionary<string, TensorSignature> outputs = model.Session.Outputs.ToDictionary(output => output.Name);
        foreach (Tap tap in model.Taps)
        {
            string? fault = !outputs.TryGetValue(tap.Output, out TensorSignature? output) ? "ONNX Runtime does not give it out"
                : FloatValues.Supports(output.Type) ? null
                : $"its type is {output.Type}, only float tensors have ranges";
            if (fault is null) continue;
            model.Dispose();
            throw new QuantizationException($"Tensor '{tap.Tensor}' cannot be observed: {fault}.");
        }
        return model;
    }
}
