using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement.Contract;

namespace Quantizer.Search.Trials;

/// <summary>
/// The graph that ONNX Runtime makes of a quantized model, into which the numbers of other plans of the same kind
/// (<see cref="StructureKey"/>) are put: they need not be optimized again.
/// </summary>
/// <remarks>
/// Nothing is taken on trust. The graph is also made of a second plan in which every number differs; it is used only if
/// putting that plan's numbers into the first one's graph gives just the same. So it is known that each number arrives where
/// it is put, and that the rest depends on none.
/// </remarks>
internal sealed class OptimizedPlan : IDisposable
{
    private readonly OnnxModel _optimized;
    private readonly Dictionary<string, string> _sources;

    private OptimizedPlan(OnnxModel optimized, Dictionary<string, string> sources)
    {
        _optimized = optimized;
        _sources = sources;
    }

    /// <param name="quantized">A plan's model.</param>
    /// <param name="key">Its kind.</param>
    /// <param name="probe">The model of a plan of the same kind in which every number differs.</param>
    /// <returns>Null where numbers cannot be replaced, or ONNX Runtime does not tell what it made of the model.</returns>
    public static OptimizedPlan? TryMake(OnnxModel quantized, string key, OnnxModel probe, Target target)
    {
        if (StructureKey.Of(probe.Graph, target) != key)
            return null;
        OnnxModel? optimized = null;
        OptimizedPlan? made = null;
        try
        {
            optimized = OptimizedGraph.Of(quantized);
            OptimizedPlan plan = new(optimized, SourcesOf(optimized.Graph, quantized.Graph));
            using OnnxModel expected = OptimizedGraph.Of(probe);
            if (AreSame(plan.With(probe).Graph, expected.Graph))
                made = plan;
            return made;
        }
        catch (QuantizationException)
        {
            // Then each plan is opened in the ordinary way, which works or fails with the model's own fault.
            return null;
        }
        finally
        {
            if (made is null)
                optimized?.Dispose();
        }
    }

    /// <summary>Opens the model of another plan of the same kind. It must be closed before this is disposed of.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model.</exception>
    public InferenceModel Open(OnnxModel quantized) => InferenceModel.LoadOptimized(With(quantized));

    public void Dispose() => _optimized.Dispose();

    /// <summary>
    /// For the constants of the optimized graph that are one of the model's: which. ONNX Runtime keeps their names, or puts
    /// something behind them where it makes copies.
    /// </summary>
    private static Dictionary<string, string> SourcesOf(Graph optimized, Graph quantized)
    {
        Dictionary<string, Tensor> constants = quantized.Initializers.ToDictionary(tensor => tensor.Name);
        Dictionary<string, string> sources = [];
        foreach (Tensor tensor in optimized.Initializers)
        {
            for (int length = tensor.Name.Length; length > 0; length--)
            {
                if (!constants.TryGetValue(tensor.Name[..length], out Tensor? source) || !AreSame(tensor, source))
                    continue;
                sources[tensor.Name] = source.Name;
                break;
            }
        }

        return sources;
    }

    private OnnxModel With(OnnxModel quantized)
    {
        Dictionary<string, Tensor> constants = quantized.Graph.Initializers.ToDictionary(tensor => tensor.Name);
        return ModelVariants.WithInitializers(
            _optimized,
            [
                .. _optimized.Graph.Initializers.Select(tensor =>
                    _sources.TryGetValue(tensor.Name, out string? source) ? constants[source].Renamed(tensor.Name) : tensor
                ),
            ]
        );
    }

    private static bool AreSame(Graph one, Graph other)
    {
        if (NodesOf(one) != NodesOf(other) || one.Initializers.Count != other.Initializers.Count)
            return false;
        Dictionary<string, Tensor> constants = other.Initializers.ToDictionary(tensor => tensor.Name);
        return one.Initializers.TrueForAll(tensor => constants.TryGetValue(tensor.Name, out Tensor? twin) && AreSame(tensor, twin));
    }

    private static bool AreSame(Tensor one, Tensor other) =>
        one.Type == other.Type && one.Dimensions.SequenceEqual(other.Dimensions) && one.Data.Span.SequenceEqual(other.Data.Span);

    private static string NodesOf(Graph graph) =>
        GraphPrinter.Print(
            new Graph
            {
                Nodes = graph.Nodes,
                Inputs = graph.Inputs,
                Outputs = graph.Outputs,
            }
        );
}
