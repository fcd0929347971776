using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;

namespace Quantizer.Search.Trials;

/// <summary>
/// Opens the models that plans give. Optimizing a graph takes ONNX Runtime longer than opening it, and the graphs of most plans
/// differ in nothing but numbers: what was optimized for one serves the others. Threads may call at once.
/// </summary>
/// <param name="judged">Gives a model what plans are judged by as its outputs.</param>
internal sealed class TrialModels(OnnxModel model, Func<OnnxModel, OnnxModel> judged) : IDisposable
{
    /// <summary>Plans of one search fall into few kinds; each costs as much memory as an INT8 model.</summary>
    private const int MostStructures = 4;

    /// <summary>Making a structure costs as much as opening two models in the ordinary way, and many searches try only two plans.</summary>
    private const int PlansBeforeStructure = 2;

    private readonly RoundedWeights _rounded = new();
    private readonly Dictionary<string, Structure> _structures = [];

    /// <summary>The plan's own model as users will open it.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model.</exception>
    public InferenceModel OpenOwn(QuantizationPlan plan) => InferenceModel.Load(Rewrite(plan));

    /// <summary>A model that computes the same, bit for bit, opened in the quickest way.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model.</exception>
    public InferenceModel Open(QuantizationPlan plan)
    {
        OnnxModel quantized = Rewrite(plan);
        return StructureFor(quantized, plan) is { } optimized ? optimized.Open(quantized) : InferenceModel.Load(quantized);
    }

    public void Dispose()
    {
        foreach (Structure structure in _structures.Values)
            structure.Optimized?.Dispose();
        _structures.Clear();
    }

    private OnnxModel Rewrite(QuantizationPlan plan) => judged(GraphRewriter.Rewrite(model, plan, _rounded));

    /// <summary>Null for the first plans of their kind, and where numbers cannot be replaced.</summary>
    private OptimizedPlan? StructureFor(OnnxModel quantized, QuantizationPlan plan)
    {
        string key = StructureKey.Of(quantized.Graph, plan.Sites.Target);
        Structure? structure;
        lock (_structures)
        {
            if (!_structures.TryGetValue(key, out structure))
            {
                if (_structures.Count == MostStructures)
                    return null;
                _structures[key] = structure = new Structure();
            }
        }
        lock (structure)
        {
            if (++structure.Opened == PlansBeforeStructure + 1)
                structure.Optimized = OptimizedPlan.TryMake(quantized, key, Rewrite(ProbePlan.Of(plan)), plan.Sites.Target);
            return structure.Optimized;
        }
    }

    private sealed class Structure
    {
        public int Opened { get; set; }

        public OptimizedPlan? Optimized { get; set; }
    }
}
