using Quantizer.Graphs;
using Quantizer.Normalization.Repairs;
using Quantizer.Normalization.Widening;

namespace Quantizer.Normalization;

/// <summary>A model in bfloat16 or double, for whose layers ONNX Runtime has no kernels on processors, as one that it can run.</summary>
internal static class WidenedModel
{
    /// <summary>The model in float32, with inputs and outputs of the types they had; null where it holds nothing to widen.</summary>
    /// <param name="source">Is not changed, and must stay undisposed as long as the result is used.</param>
    public static OnnxModel? Of(OnnxModel source)
    {
        GraphEdit edit = new(ModelCopy.Of(source));
        FunctionInlining.Apply(edit);
        TopologicalOrder.Apply(edit);
        return FloatWidening.Apply(edit) ? edit.Model : null;
    }
}
