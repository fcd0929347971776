using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;

namespace Quantizer.Execution.Pieces;

/// <summary>A dense tensor outside of ONNX Runtime's memory.</summary>
/// <param name="Bytes">Of its values.</param>
/// <param name="Block">In a file; null: it is an <paramref name="Input"/>, which is in memory anyway.</param>
internal sealed record ParkedTensor(ElementType Type, IReadOnlyList<long> Shape, int Bytes, ScratchBlock? Block, TensorValue? Input)
{
    public static ParkedTensor Of(TensorValue input) => new(input.Type, input.Shape, input.Data.Length, null, input);

    /// <summary>Null where the file has no room for it, or it is no dense tensor.</summary>
    public static ParkedTensor? TryWrite(OrtValue value, ScratchFile file)
    {
        if (!NativeTensors.IsDense(value, out OrtTensorTypeAndShapeInfo info))
            return null;
        ReadOnlySpan<byte> data = value.GetTensorDataAsSpan<byte>();
        return file.TryKeep(data) is { } block
            ? new ParkedTensor((ElementType)info.ElementDataType, info.Shape, data.Length, block, null)
            : null;
    }

    /// <returns>A copy in ONNX Runtime's memory.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public OrtValue Load(ScratchFile? file)
    {
        if (Input is not null)
            return NativeTensors.Copy(Input);
        OrtValue value = NativeTensors.Allocate(Type, [.. Shape]);
        try
        {
            if (Bytes > 0)
                file!.Read(Block!.Value, value.GetTensorMutableRawData());
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }
}
