using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Kernels;

namespace Quantizer.Calibration.Statistics;

/// <summary>
/// Where the histogram kernels count. One for each thread, so that the counters in use (about 15 to 30 KB) stay in its
/// first-level cache whichever tensor is next. Empty between uses.
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

    /// <summary>The counter of bin b in lane l is at l * <see cref="CountingKernel.LaneStride"/> + b.</summary>
    public Span<uint> Counters => _counters;

    /// <summary>Announces the values of a scanned span of finite values: which bins <see cref="MoveTo"/> has to look at.</summary>
    public void Expect(in ValueScan scan)
    {
        if (scan.SmallestMagnitude == 0f)
            return;
        _smallest = Math.Min(_smallest, FloatBins.Of(scan.SmallestMagnitude));
        if (scan.Max > 0f)
            _largestPositive = Math.Max(_largestPositive, FloatBins.Of(scan.Max));
        if (scan.Min < 0f)
            _largestNegative = Math.Max(_largestNegative, FloatBins.Of(-scan.Min));
    }

    /// <summary>Adds the counts to a histogram and empties the scratch.</summary>
    /// <param name="target">Where the counts go.</param>
    /// <param name="bodyEnd">Bins of smaller magnitude (index without the sign) count <paramref name="bodyWeight"/> times.</param>
    /// <param name="bodyWeight">How many values each counted one of the body stands for.</param>
    public void MoveTo(BitHistogram target, int bodyEnd = 0, uint bodyWeight = 1)
    {
        Move(target, 0, _largestPositive, bodyEnd, bodyWeight);
        Move(target, FloatBins.FirstNegative, _largestNegative, bodyEnd, bodyWeight);
        for (int lane = 0; lane < CountingKernel.Lanes; lane++)
            _counters.AsSpan((lane * CountingKernel.LaneStride) + FloatBins.Count, CountingKernel.SpareBins).Clear();
        _smallest = FloatBins.FirstNegative;
        _largestPositive = -1;
        _largestNegative = -1;
    }

    [SkipLocalsInit]
    private void Move(BitHistogram target, int sign, int largest, int bodyEnd, uint bodyWeight)
    {
        Span<uint> counts = stackalloc uint[FloatBins.PerExponent];
        for (int first = _smallest / FloatBins.PerExponent * FloatBins.PerExponent; first <= largest; first += FloatBins.PerExponent)
        {
            if (!TakeCounts(sign + first, counts))
                continue;
            Span<uint> body = counts[..Math.Clamp(bodyEnd - first, 0, counts.Length)];
            TensorPrimitives.Multiply(body, bodyWeight, body);
            target.Add(sign + first, counts);
        }
    }

    /// <summary>Takes the counts of one sign and exponent, the lanes added up: together no more than a span has values.</summary>
    /// <returns>False when all of them are zero.</returns>
    private bool TakeCounts(int first, Span<uint> counts)
    {
        ref uint lane0 = ref _counters[first];
        ref uint lane1 = ref _counters[first + CountingKernel.LaneStride];
        ref uint lane2 = ref _counters[first + (2 * CountingKernel.LaneStride)];
        ref uint lane3 = ref _counters[first + (3 * CountingKernel.LaneStride)];
        Vector512<uint> any = Vector512<uint>.Zero;
        for (nuint i = 0; i < FloatBins.PerExponent; i += (nuint)Vector512<uint>.Count)
        {
            Vector512<uint> sum =
                Vector512.LoadUnsafe(ref lane0, i)
                + Vector512.LoadUnsafe(ref lane1, i)
                + (Vector512.LoadUnsafe(ref lane2, i) + Vector512.LoadUnsafe(ref lane3, i));
            sum.StoreUnsafe(ref MemoryMarshal.GetReference(counts), i);
            any |= sum;
            Vector512<uint>.Zero.StoreUnsafe(ref lane0, i);
            Vector512<uint>.Zero.StoreUnsafe(ref lane1, i);
            Vector512<uint>.Zero.StoreUnsafe(ref lane2, i);
            Vector512<uint>.Zero.StoreUnsafe(ref lane3, i);
        }
        return any != Vector512<uint>.Zero;
    }
}
