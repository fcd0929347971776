using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quantizer.Kernels;

/// <summary>How small and how large values are, in one pass.</summary>
internal static class MagnitudeKernel
{
    /// <returns>The least magnitude that is not zero, infinite where there is none, and the largest; both without NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Least, float Largest) Of(ReadOnlySpan<float> values)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        Vector<float> least = new(float.PositiveInfinity),
            largest = Vector<float>.Zero;
        int vectorised = values.Length - (values.Length % Vector<float>.Count);
        for (int i = 0; i < vectorised; i += Vector<float>.Count)
        {
            Vector<float> magnitude = Vector.Abs(Vector.LoadUnsafe(ref value, (nuint)i));
            // A comparison with NaN is false: it takes no side.
            Vector<int> isLess = Vector.LessThan(magnitude, least) & Vector.GreaterThan(magnitude, Vector<float>.Zero);
            least = Vector.ConditionalSelect(isLess, magnitude, least);
            largest = Vector.ConditionalSelect(Vector.GreaterThan(magnitude, largest), magnitude, largest);
        }
        float smallest = float.PositiveInfinity,
            most = 0f;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            (smallest, most) = (Math.Min(smallest, least[lane]), Math.Max(most, largest[lane]));
        (float other, float rest) = OfScalar(values[vectorised..]);
        return (Math.Min(smallest, other), Math.Max(most, rest));
    }

    /// <summary>The plain twin.</summary>
    internal static (float Least, float Largest) OfScalar(ReadOnlySpan<float> values)
    {
        float least = float.PositiveInfinity,
            largest = 0f;
        foreach (float value in values)
        {
            float magnitude = Math.Abs(value);
            if (magnitude > 0 && magnitude < least)
                least = magnitude;
            if (magnitude > largest)
                largest = magnitude;
        }
        return (least, largest);
    }
}
