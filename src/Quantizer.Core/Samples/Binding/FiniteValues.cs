using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Samples.Binding;

/// <summary>Tells samples that hold what no range and no layer can take: NaN and infinity. Masks and biases that are added to scores
/// switch off with -infinity, and may.</summary>
internal static class FiniteValues
{
    private static readonly string[] AddedToScores = ["mask", "bias", "alibi"];

    /// <exception cref="QuantizationException">A value is NaN, or infinite without being a mask's.</exception>
    public static void Require(IReadOnlyDictionary<string, TensorValue> inputs)
    {
        foreach ((string name, TensorValue value) in inputs)
        {
            string? held = value.Type switch
            {
                ElementType.Float => FoundIn<float>(name, value),
                ElementType.Float16 => FoundIn<Half>(name, value),
                ElementType.Double => FoundIn<double>(name, value),
                _ => null,
            };
            if (held is not null)
                throw new QuantizationException($"its '{name}' holds {held}");
        }
    }

    private static string? FoundIn<T>(string name, TensorValue value)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(value.Data.Span);
        // NaN is larger than anything.
        T largest = values.IsEmpty ? T.Zero : TensorPrimitives.MaxMagnitude(values);
        if (T.IsFinite(largest))
            return null;
        if (T.IsNaN(largest))
            return "NaN";
        return IsMask(name, values) ? null : "infinity";
    }

    /// <summary>Whether infinities only switch off: among nothing but zeros, or where the name says so.</summary>
    private static bool IsMask<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        bool isCalledSo = AddedToScores.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        bool isOpen = false;
        foreach (T value in values)
        {
            if (T.IsPositiveInfinity(value) || (!isCalledSo && T.IsFinite(value) && value != T.Zero))
                return false;
            isOpen |= T.IsFinite(value);
        }
        return isOpen;
    }
}
