using System.Runtime.InteropServices;
using System.Text.Json;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Reads a number, or arrays of arrays of numbers of the same length, as one array.</summary>
internal static class JsonArrays
{
    /// <param name="reader">At the value; left at its end.</param>
    /// <exception cref="QuantizationException">It holds something else, or its rows differ in length.</exception>
    public static RawArray Read(ref Utf8JsonReader reader, string input, string name)
    {
        List<double> values = [];
        List<long> shape = [];
        Add(ref reader, depth: 0, shape, values, name);
        return new RawArray(
            input,
            ElementType.Double,
            shape,
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray(),
            $"its '{name}'"
        );
    }

    private static void Add(ref Utf8JsonReader reader, int depth, List<long> shape, List<double> values, string name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (depth < shape.Count)
                throw new QuantizationException($"its '{name}' mixes numbers and arrays");
            values.Add(Number(ref reader, name));
            return;
        }
        if (values.Count > 0 && depth >= shape.Count)
            throw new QuantizationException($"its '{name}' mixes numbers and arrays");
        if (depth >= shape.Count)
            shape.Add(-1);
        long length = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; length++)
            Add(ref reader, depth + 1, shape, values, name);
        if (shape[depth] < 0)
            shape[depth] = length;
        if (shape[depth] != length)
            throw new QuantizationException($"its '{name}' has rows of {shape[depth]} and of {length}; all need the same length");
    }

    private static double Number(ref Utf8JsonReader reader, string name) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            _ => throw new QuantizationException($"its '{name}' holds a {reader.TokenType}; numbers were expected"),
        };
}
