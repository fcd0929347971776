using Quantizer.Graphs;
using Quantizer.Normalization.Repairs;
using Quantizer.Normalization.Widening;

namespace Quantizer.Normalization;

/// <summary>The same network for ONNX Runtime to run, where it refuses a model for its form alone: in bfloat16 or double, for whose
/// layers it has no kernels on processors, or with unsorted nodes inside subgraphs.</summary>
internal static class RunnableModel
{
    /// <summary>The repaired model, with inputs and outputs of the types they had; null where there is nothing to repair.</summary>
    /// <param name="source">Is not changed, and must stay undisposed as long as the result is used.</param>
    public static OnnxModel? Of(OnnxModel source)
    {
        GraphEdit edit = new(ModelCopy.Of(source));
        FunctionInlining.Apply(edit);
        bool sorted = TopologicalOrder.Apply(edit),
            widened = FloatWidening.Apply(edit);
        return sorted || widened ? edit.Model : null;
    }
}
