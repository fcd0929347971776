using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Schemes;

namespace Quantizer.Correction;

/// <summary>By channel, how much more the FP32 network has than the quantized one where it matters to what follows.</summary>
/// <param name="Sums">Of the differences.</param>
/// <param name="Places">How many there were.</param>
internal sealed record ActiveDifference(double[] Sums, long[] Places)
{
    /// <summary>Counts the places where the FP32 network lies inside of a bound: outside, a difference does not arrive behind the clamp,
    /// and errors of a few clipped values would be smeared over all.</summary>
    /// <param name="quantized">Where it is of another length (a network that decides how long what it makes is may decide otherwise in
    /// integers), no place of the one is one of the other.</param>
    /// <param name="shape">[samples, channels, ...].</param>
    public static ActiveDifference Of(ReadOnlySpan<float> fp32, ReadOnlySpan<float> quantized, IReadOnlyList<long> shape, ValueRange bound)
    {
        int channels = (int)shape[1],
            each = fp32.Length / Math.Max(1, (int)(shape[0] * shape[1]));
        ActiveDifference difference = new(new double[channels], new long[channels]);
        if (fp32.Length != quantized.Length)
            return difference;
        for (int start = 0, run = 0; start < fp32.Length; start += each, run++)
            difference.Add(run % channels, fp32.Slice(start, each), quantized.Slice(start, each), bound);
        return difference;
    }

    /// <summary>The sums of several, in their order.</summary>
    public static ActiveDifference Sum(IReadOnlyList<ActiveDifference> all)
    {
        ActiveDifference sum = new([.. all[0].Sums], [.. all[0].Places]);
        foreach (ActiveDifference one in all.Skip(1))
        {
            for (int channel = 0; channel < sum.Sums.Length; channel++)
            {
                sum.Sums[channel] += one.Sums[channel];
                sum.Places[channel] += one.Places[channel];
            }
        }
        return sum;
    }

    /// <summary>In lanes of a fixed number, so that the sum is the same on every processor; without branches, which half of the
    /// values behind a Relu would mispredict.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int channel, ReadOnlySpan<float> fp32, ReadOnlySpan<float> quantized, ValueRange bound)
    {
        ref float reference = ref MemoryMarshal.GetReference(fp32),
            other = ref MemoryMarshal.GetReference(quantized);
        Vector256<float> min = Vector256.Create(bound.Min),
            max = Vector256.Create(bound.Max);
        Vector256<double> lower = Vector256<double>.Zero,
            upper = Vector256<double>.Zero;
        int places = 0,
            i = 0;
        for (; i <= fp32.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref reference, (nuint)i);
            Vector256<float> isInside = Vector256.GreaterThan(value, min) & Vector256.LessThan(value, max);
            Vector256<float> difference = isInside & (value - Vector256.LoadUnsafe(ref other, (nuint)i));
            places += BitOperations.PopCount(isInside.ExtractMostSignificantBits());
            lower += Vector256.WidenLower(difference);
            upper += Vector256.WidenUpper(difference);
        }

        double sum = Vector256.Sum(lower + upper);
        for (; i < fp32.Length; i++)
        {
            if (!(fp32[i] > bound.Min && fp32[i] < bound.Max))
                continue;
            sum += fp32[i] - quantized[i];
            places++;
        }
        Sums[channel] += sum;
        Places[channel] += places;
    }
}
