using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Tensors in ONNX Runtime's own memory.</summary>
internal static class NativeTensors
{
    public static OrtValue Allocate(ElementType type, ReadOnlySpan<long> shape) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)type, shape.ToArray());

    /// <exception cref="QuantizationException">The bytes do not fill the shape.</exception>
    public static OrtValue Copy(string name, TensorValue value)
    {
        long expected = ElementTypes.BytesOf(value.Type, value.ElementCount);
        if (value.Data.Length != expected)
            throw new QuantizationException($"Input '{name}' holds {value.Data.Length} bytes; {value.Type}[{string.Join(',', value.Shape)}] needs {expected}.");
        OrtValue copy = Allocate(value.Type, [.. value.Shape]);
        if (expected > 0) value.Data.Span.CopyTo(copy.GetTensorMutableRawData());
        return copy;
    }

    /// <summary>Whether a value is a dense tensor whose elements have a fixed size: no string, sequence, map or absent optional.</summary>
    public static bool IsDense(OrtValue value, out OrtTensorTypeAndShapeInfo info)
    {
        info = default;
        if (!value.IsTensor) return false;
        info = value.GetTensorTypeAndShape();
        return info.ElementDataType != TensorElementType.String;
    }
}
