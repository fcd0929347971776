using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Tensors in ONNX Runtime's own memory.</summary>
internal static class NativeTensors
{
    public static OrtValue Allocate(ElementType type, ReadOnlySpan<long> shape) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)type, shape.ToArray());

    /// <summary>A copy of a tensor whose bytes fill its shape.</summary>
    public static OrtValue Copy(TensorValue value)
    {
        OrtValue copy = Allocate(value.Type, [.. value.Shape]);
        if (value.Data.Length > 0)
            value.Data.Span.CopyTo(copy.GetTensorMutableRawData());
        return copy;
    }

    /// <summary>Whether a value is a dense tensor whose elements have a fixed size: no string, sequence, map or absent optional.</summary>
    public static bool IsDense(OrtValue value, out OrtTensorTypeAndShapeInfo info)
    {
        info = default;
        if (!value.IsTensor)
            return false;
        info = value.GetTensorTypeAndShape();
        return info.ElementDataType != TensorElementType.String;
    }

    /// <summary>Shows a dense tensor where it lies; nothing of anything else.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool Show(string name, OrtValue value, OutputVisitor visitor)
    {
        if (!IsDense(value, out OrtTensorTypeAndShapeInfo info))
            return false;
        visitor(name, (ElementType)info.ElementDataType, info.Shape, value.GetTensorDataAsSpan<byte>());
        return true;
    }
}
