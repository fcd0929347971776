using Quantizer.Kernels;

namespace Quantizer.Calibration.Statistics;

/// <summary>
/// What calibration remembers of one tensor: exact count, minimum, maximum, zeros, non-finite values, and a histogram of
/// the rest. Constant memory. Equal multisets of values give equal statistics, whatever the order, the batches and the
/// threads; statistics of parts merge exactly. Not thread-safe: each worker owns its statistics and merges at the end.
/// </summary>
internal sealed class TensorStatistics : IEquatable<TensorStatistics>
{
    private ValueExtremes _extremes;
    private float _partMin = float.PositiveInfinity;
    private float _partMax = float.NegativeInfinity;

    /// <summary>No value yet.</summary>
    public TensorStatistics()
        : this(0, 0, 0, ValueExtremes.None) { }

    internal TensorStatistics(long count, long zeros, long nonFinite, ValueExtremes extremes)
    {
        Count = count;
        Zeros = zeros;
        NonFinite = nonFinite;
        _extremes = extremes;
    }

    /// <summary>All values seen: finite or not, zeros included.</summary>
    public long Count { get; private set; }

    /// <summary>Values equal to zero, -0.0 included.</summary>
    public long Zeros { get; private set; }

    /// <summary>NaN and infinities; they are counted here and nowhere else.</summary>
    public long NonFinite { get; private set; }

    /// <summary>
    /// Counts of the finite, non-zero values. After <see cref="AddSampled"/> they are estimates, and their sum may differ a
    /// little from <see cref="NonZeros"/>.
    /// </summary>
    public BitHistogram Histogram { get; } = new();

    /// <summary>Finite values other than zero, exact.</summary>
    public long NonZeros => Count - Zeros - NonFinite;

    /// <summary>Smallest finite value, exact; 0 when there is none.</summary>
    public float Min =>
        NonZeros == 0 ? 0f
        : Zeros > 0 ? MathF.Min(_extremes.Min, 0f)
        : _extremes.Min;

    /// <summary>Largest finite value, exact; 0 when there is none.</summary>
    public float Max =>
        NonZeros == 0 ? 0f
        : Zeros > 0 ? MathF.Max(_extremes.Max, 0f)
        : _extremes.Max;

    /// <summary>Smallest and largest non-zero value and how many values equal them: a saturated tensor shows there.</summary>
    internal ValueExtremes Extremes => _extremes;

    /// <summary>Smallest and largest finite value since the last call, zeros included; infinite where there was none.</summary>
    public (float Min, float Max) TakePart()
    {
        (float, float) part = (_partMin, _partMax);
        (_partMin, _partMax) = (float.PositiveInfinity, float.NegativeInfinity);
        return part;
    }

    /// <summary>Counts every value.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        BitHistogramScratch scratch = BitHistogramScratch.ForThisThread;
        for (int start = 0; start < values.Length; start += CountingKernel.ChunkLength)
        {
            ReadOnlySpan<float> chunk = values.Slice(start, Math.Min(CountingKernel.ChunkLength, values.Length - start));
            ValueScan scan = ScanKernel.Scan(chunk);
            if (scan.HasNonFinite)
            {
                AddWithNonFinite(chunk);
                continue;
            }
            AddScan(scan, chunk);
            scratch.Expect(scan);
            CountingKernel.Count(chunk, scan.SmallestMagnitude, scratch.Counters);
        }
        scratch.MoveTo(Histogram);
    }

    /// <summary>
    /// Counts the large values exactly and every ninth vector of the others, ninefold: see <see cref="TailSampling"/>. Count,
    /// extremes, zeros and non-finite values stay exact. What is counted depends on the span's own maximum, so that a call must
    /// never hold values of several samples: they would count otherwise in another batch.
    /// </summary>
    public void AddSampled(ReadOnlySpan<float> values) => TailSampling.Add(this, values);

    /// <summary>Takes zeros off that were no values of the tensor: the padding of blocked layouts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the zeros counted.</exception>
    public void RemoveZeros(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Zeros);
        Zeros -= count;
        Count -= count;
    }

    /// <summary>Adds another part's values: exact, and the same in any order.</summary>
    public void Merge(TensorStatistics other)
    {
        Count += other.Count;
        Zeros += other.Zeros;
        NonFinite += other.NonFinite;
        _extremes = _extremes.With(other._extremes);
        Histogram.Merge(other.Histogram);
    }

    /// <summary>Writes a compact form; equal statistics give equal bytes on every machine.</summary>
    public void Write(BinaryWriter writer) => TensorStatisticsFormat.Write(this, writer);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="QuantizationException">Truncated or impossible contents.</exception>
    public static TensorStatistics Read(BinaryReader reader) => TensorStatisticsFormat.Read(reader);

    public bool Equals(TensorStatistics? other) =>
        other is not null
        && Count == other.Count
        && Zeros == other.Zeros
        && NonFinite == other.NonFinite
        && _extremes == other._extremes
        && Histogram.Equals(other.Histogram);

    public override bool Equals(object? obj) => Equals(obj as TensorStatistics);

    public override int GetHashCode() => HashCode.Combine(Count, Zeros, NonFinite, _extremes);

    /// <summary>Everything about a span of finite values but its histogram.</summary>
    internal void AddScan(in ValueScan scan, ReadOnlySpan<float> values)
    {
        Count += values.Length;
        Zeros += scan.Zeros;
        _extremes = _extremes.With(scan, values);
        ExtendPart(scan.Min, scan.Max);
    }

    /// <summary>The careful way, for the rare span that holds NaN or infinities.</summary>
    internal void AddWithNonFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            Count++;
            if (float.IsFinite(value))
                ExtendPart(value, value);
            if (!float.IsFinite(value))
            {
                NonFinite++;
            }
            else if (value == 0f)
            {
                Zeros++;
            }
            else
            {
                _extremes = _extremes.With(new ValueExtremes(value, 1, value, 1));
                Histogram.Add(FloatBins.Of(value), 1);
            }
        }
    }

    private void ExtendPart(float min, float max)
    {
        _partMin = MathF.Min(_partMin, min);
        _partMax = MathF.Max(_partMax, max);
    }
}
