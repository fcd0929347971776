using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Kernels;

namespace Quantizer.Calibration;

/// <summary>
/// Where the histogram kernels count: four 32-bit counters for each bin. Consecutive values often share a bin, and
/// counting them in four places in turn keeps each increment from waiting for the one before. One for each thread, so
/// that the counters in use (about 30 KB) stay in its first-level cache whichever tensor is next. Empty between uses.
/// </summary>
internal sealed class BitHistogramScratch
{
    [ThreadStatic]
    private static BitHistogramScratch? _forThisThread;

    private readonly uint[] _counters = new uint[CountingKernel.CounterCount];

    // The bins that may be in use, as magnitudes without the sign; positive and negative ones share the lower end.
    private int _smallest = FloatBins.FirstNegative;
    private int _largestPositive = -1;
    private int _largestNegative = -1;

    public static BitHistogramScratch ForThisThread => _forThisThread ??= new BitHistogramScratch();

    /// <summary>The counter of bin b in lane l is at b * <see cref="CountingKernel.Lanes"/> + l.</summary>
    public Span<uint> Counters => _counters;

    /// <summary>Announces the values of a scanned span of finite values: which bins <see cref="MoveTo"/> has to look at.</summary>
    public void Expect(in ValueScan scan)
    {
        if (scan.SmallestMagnitude == 0f)
        {
            return;
        }
        _smallest = Math.Min(_smallest, FloatBins.Of(scan.SmallestMagnitude));
        if (scan.Max > 0f)
        {
            _largestPositive = Math.Max(_largestPositive, FloatBins.Of(scan.Max));
        }
        if (scan.Min < 0f)
        {
            _largestNegative = Math.Max(_largestNegative, FloatBins.Of(-scan.Min));
        }
    }

    /// <summary>Adds the counts to a histogram and empties the scratch.</summary>
    /// <param name="target">Where the counts go.</param>
    /// <param name="bodyEnd">Bins of smaller magnitude (index without the sign) count <paramref name="bodyWeight"/> times.</param>
    /// <param name="bodyWeight">How many values each counted one of the body stands for.</param>
    public void MoveTo(BitHistogram target, int bodyEnd = 0, int bodyWeight = 1)
    {
        Move(target, 0, _largestPositive, bodyEnd, bodyWeight);
        Move(target, FloatBins.FirstNegative, _largestNegative, bodyEnd, bodyWeight);
        _counters.AsSpan(FloatBins.Count * CountingKernel.Lanes).Clear();
        _smallest = FloatBins.FirstNegative;
        _largestPositive = -1;
        _largestNegative = -1;
    }

    private void Move(BitHistogram target, int sign, int largest, int bodyEnd, int bodyWeight)
    {
        ref uint counters = ref MemoryMarshal.GetArrayDataReference(_counters);
        for (int magnitude = _smallest; magnitude <= largest; magnitude++)
        {
            int bin = sign + magnitude;
            Vector128<uint> counts = Vector128.LoadUnsafe(ref counters, (nuint)(bin * CountingKernel.Lanes));
            if (counts != Vector128<uint>.Zero)
            {
                // In 64 bits: the lanes of one bin can together exceed 32.
                Vector128<ulong> pairs = Vector128.WidenLower(counts) + Vector128.WidenUpper(counts);
                target.Add(bin, (long)Vector128.Sum(pairs) * (magnitude < bodyEnd ? bodyWeight : 1));
                Vector128<uint>.Zero.StoreUnsafe(ref counters, (nuint)(bin * CountingKernel.Lanes));
            }
        }
    }
}
