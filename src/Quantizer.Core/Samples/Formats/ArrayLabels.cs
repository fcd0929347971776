using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Reads the class indices that lie beside input arrays.</summary>
internal static class ArrayLabels
{
    /// <summary>One class index per sample: an array [samples] or [samples, 1] of whole numbers, 0 or more.</summary>
    /// <exception cref="QuantizationException">It is no such array.</exception>
    public static IReadOnlyList<int?> Read(ArrayFile file, string name, long samples)
    {
        ArrayHeader header = file.HeaderOf(name);
        bool isColumn = header.Shape.Count == 1 || header.Shape.Count == 2 && header.Shape[1] == 1;
        if (!isColumn)
        {
            throw new QuantizationException(
                $"{file.Describe(name)} has the shape {header}; as class indices of {samples} samples it should have [{samples}]. Save "
                    + $"class numbers, not one-hot rows, or rename the array."
            );
        }
        if (header.Shape[0] != samples)
        {
            throw new QuantizationException(
                $"{file.Describe(name)} has {header.Shape[0]} class indices; the data have {samples} samples. Expected one for each, in the "
                    + "order of the samples."
            );
        }

        byte[] indices = ArrayConversion.Convert(header.Type, file.ReadAll(name), ElementType.Int32, file.Describe(name));
        List<int?> labels = new(indices.Length / sizeof(int));
        foreach (int index in MemoryMarshal.Cast<byte, int>(indices))
        {
            if (index < 0)
                throw new QuantizationException($"{file.Describe(name)} has the class index {index}; expected 0 or more.");
            labels.Add(index);
        }
        return labels;
    }
}
