using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Normalization;

/// <summary>Runs two models on the same seeded random input and compares every output.</summary>
internal static class Equivalence
{
    private const long Batch = 2;

    /// <summary>Asserts equal names, types, shapes and values: floats differ by at most <paramref name="tolerance"/> of the output's
    /// largest magnitude.</summary>
    public static void Assert(
        OnnxModel before,
        OnnxModel after,
        double tolerance = 1e-4,
        IReadOnlyDictionary<string, TensorValue>? inputs = null
    )
    {
        // Without optimizations, so that what is compared is the graphs and not how ONNX Runtime rearranges them.
        ExecutionOptions options = new() { Level = OptimizationLevel.None };
        using InferenceModel first = InferenceModel.Load(OnnxFile.ToBytes(before), "before", options);
        using InferenceModel second = InferenceModel.Load(OnnxFile.ToBytes(after), "after", options);
        inputs ??= RandomInputs(second.Inputs);
        IReadOnlyDictionary<string, TensorValue> expected = first.Run(inputs),
            found = second.Run(inputs);
        Xunit.Assert.Equal(first.Outputs.Select(output => output.Name), second.Outputs.Select(output => output.Name));
        Xunit.Assert.NotEmpty(expected);
        foreach (string name in expected.Keys)
            AssertEqual(name, expected[name], found[name], tolerance);
    }

    /// <summary>Seeded values in -1 to 1, the first one positive; open sizes become 2.</summary>
    public static Dictionary<string, TensorValue> RandomInputs(IReadOnlyList<TensorSignature> inputs)
    {
        Random random = new(12345);
        Dictionary<string, TensorValue> values = [];
        foreach (TensorSignature input in inputs)
        {
            long[] shape = [.. input.Shape!.Select(dimension => dimension.Size ?? Batch)];
            float[] floats = new float[shape.Aggregate(1L, (count, size) => count * size)];
            for (int i = 0; i < floats.Length; i++)
                floats[i] = random.NextSingle() * 2 - 1;
            // So that not even a Relu of two elements is all zero.
            if (floats.Length > 0)
                floats[0] = Math.Abs(floats[0]);
            values[input.Name] = input.Type switch
            {
                ElementType.Double => new TensorValue(
                    input.Type,
                    shape,
                    MemoryMarshal.AsBytes<double>(Array.ConvertAll(floats, value => (double)value)).ToArray()
                ),
                ElementType.Int64 => new TensorValue(input.Type, shape, new byte[floats.Length * sizeof(long)]),
                _ => TensorValue.FromFloats(shape, floats),
            };
        }
        return values;
    }

    private static void AssertEqual(string name, TensorValue expected, TensorValue found, double tolerance)
    {
        Xunit.Assert.Equal(expected.Type, found.Type);
        Xunit.Assert.Equal(expected.Shape, found.Shape);
        if (expected.Type != ElementType.Float)
        {
            Xunit.Assert.Equal(expected.Data.ToArray(), found.Data.ToArray());
            return;
        }
        double largest = 0,
            difference = 0;
        for (int i = 0; i < expected.Floats.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected.Floats[i]));
            difference = Math.Max(difference, Math.Abs(expected.Floats[i] - found.Floats[i]));
        }
        Xunit.Assert.True(largest > 0, $"Output '{name}' is all zero, so the comparison would say nothing.");
        Xunit.Assert.True(
            difference <= tolerance * largest,
            $"Output '{name}' differs by {difference:g3}; its largest magnitude is {largest:g3}."
        );
    }
}
