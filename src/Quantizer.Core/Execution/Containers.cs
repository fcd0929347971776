using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Outputs that hold numbers without being tensors: the probabilities of a classifier from scikit-learn are a sequence of maps from class
/// to probability, one map a sample, and some networks give a sequence of tensors. They are read as one tensor of floats. Texts, which can
/// only be the same or not, are read as whole numbers.
/// </summary>
internal static class Containers
{
    private const uint LargestText = (1 << 24) - 1;

    /// <summary>Whether an output is a sequence of numeric tensors, or of maps to floats, or such a map.</summary>
    public static bool HoldNumbers(NodeMetadata output) =>
        output.OnnxValueType switch
        {
            OnnxValueType.ONNX_TYPE_SEQUENCE => output.AsSequenceMetadata().ElementMeta is var element
                && (HoldNumbers(element) || (element is { IsTensor: true } && OutputValues.Supports((ElementType)element.ElementDataType))),
            // ONNX Runtime's interface gives the values of no others.
            OnnxValueType.ONNX_TYPE_MAP => output.AsMapMetadata().ValueMetadata
                is { IsTensor: true, ElementDataType: TensorElementType.Float },
            _ => false,
        };

    /// <summary>Shows a dense tensor where it lies, and what else holds numbers or texts as a tensor; nothing of what is absent.</summary>
    public static void Show(string name, OrtValue value, OutputVisitor visitor)
    {
        if (!NativeTensors.Show(name, value, visitor) && Read(value) is { } numbers)
            visitor(name, numbers.Type, [.. numbers.Shape], numbers.Data.Span);
    }

    /// <summary>
    /// The numbers of an output as a tensor: of each map its values in the order of its keys, of each tensor its values; one row each where
    /// they are as many in all of them, one behind the other where they are not.
    /// </summary>
    /// <returns>Null where the output is something else, or a sequence of what holds no numbers.</returns>
    private static TensorValue? Read(OrtValue value)
    {
        if (value.IsTensor)
            return ReadTexts(value);
        if (value.OnnxType == OnnxValueType.ONNX_TYPE_MAP)
            return ReadMap(value);
        if (value.OnnxType != OnnxValueType.ONNX_TYPE_SEQUENCE)
            return null;
        List<TensorValue?> parts = [];
        value.ProcessSequence((element, _) => parts.Add(ReadElement(element)), OrtAllocator.DefaultInstance);
        if (parts.Contains(null))
            return null;
        float[] all = [.. parts.SelectMany(part => part!.Floats.ToArray())];
        bool areRows = parts.Count > 0 && parts.TrueForAll(part => part!.Shape.SequenceEqual(parts[0]!.Shape));
        return TensorValue.FromFloats(areRows ? [parts.Count, .. parts[0]!.Shape] : [all.Length], all);
    }

    /// <summary>Of each text a whole number that is the same for the same text, and below 2^24, so that a float holds it.</summary>
    private static TensorValue ReadTexts(OrtValue value)
    {
        long[] numbers = [.. value.GetStringTensorAsArray().Select(NumberOf)];
        return new TensorValue(ElementType.Int64, value.GetTensorTypeAndShape().Shape, MemoryMarshal.AsBytes<long>(numbers).ToArray());

        static long NumberOf(string text) =>
            BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & LargestText;
    }

    private static TensorValue? ReadElement(OrtValue element)
    {
        if (!NativeTensors.IsDense(element, out OrtTensorTypeAndShapeInfo info))
            return element.IsTensor ? null : Read(element);
        float[] values = OutputValues.Floats((ElementType)info.ElementDataType, element.GetTensorDataAsSpan<byte>());
        return TensorValue.FromFloats(info.Shape, values);
    }

    private static TensorValue? ReadMap(OrtValue map)
    {
        TensorValue? read = null;
        map.ProcessMap((_, values) => read = ReadElement(values), OrtAllocator.DefaultInstance);
        return read;
    }
}
