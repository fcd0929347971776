using System.Runtime.CompilerServices;

namespace Quantizer.Kernels;

/// <summary>
/// Histogram bins made of a float's own bits: sign, exponent and the first 6 bits of the mantissa. A bin is 0.8 to 1.6 % of
/// its value wide; those of denormals are all equally wide.
/// </summary>
/// <remarks>
/// 6 bits: thresholds chosen from 5 bits had up to 0.37 % more squared error than brute force, from 6 bits 0.03 %, and
/// 7 bits gained nothing.
/// </remarks>
internal static class FloatBins
{
    public const int MantissaBits = 6;

    /// <summary>One more than the largest bin.</summary>
    public const int Count = 1 << (1 + ExponentBits + MantissaBits);

    /// <summary>Bins from here on hold negative values, larger magnitudes at larger indices.</summary>
    public const int FirstNegative = Count / 2;

    /// <summary>The bin of positive infinity: bins of finite values are smaller, apart from the sign.</summary>
    public const int Infinity = ((1 << ExponentBits) - 1) << MantissaBits;

    /// <summary>Bins of one sign and exponent; also the distance between the bins of a value and of its double.</summary>
    public const int PerExponent = 1 << MantissaBits;

    /// <summary>Right shift from a float's bits to its bin.</summary>
    public const int Shift = 32 - 1 - ExponentBits - MantissaBits;

    private const int ExponentBits = 8;

    /// <summary>Two to this power is where the last bin of finite values ends.</summary>
    private const int ExponentOfInfinity = 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(float value) => (int)(BitConverter.SingleToUInt32Bits(value) >> Shift);

    /// <summary>A bin without its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithoutSign(int bin) => bin & (FirstNegative - 1);

    /// <summary>The smallest magnitude in a bin of finite values.</summary>
    public static double InnerMagnitude(int bin) => BitConverter.UInt32BitsToSingle((uint)WithoutSign(bin) << Shift);

    /// <summary>The magnitude at which the next bin of the same sign begins.</summary>
    public static double OuterMagnitude(int bin)
    {
        int next = WithoutSign(bin) + 1;
        return next == Infinity ? Math.ScaleB(1.0, ExponentOfInfinity) : InnerMagnitude(next);
    }
}
