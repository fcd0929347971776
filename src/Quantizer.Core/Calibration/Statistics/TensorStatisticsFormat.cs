using Quantizer.Kernels;

namespace Quantizer.Calibration.Statistics;

/// <summary>
/// The binary form of one tensor's statistics: counts, extremes, then the non-empty bins in ascending order, each as the
/// distance from the one before and its count. Integers have 7 bits a byte, floats are little-endian. Equal statistics
/// give equal bytes.
/// </summary>
internal static class TensorStatisticsFormat
{
    public static void Write(TensorStatistics statistics, BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(statistics.Count);
        writer.Write7BitEncodedInt64(statistics.Zeros);
        writer.Write7BitEncodedInt64(statistics.NonFinite);
        ValueExtremes extremes = statistics.Extremes;
        writer.Write(extremes.Min);
        writer.Write7BitEncodedInt64(extremes.MinCount);
        writer.Write(extremes.Max);
        writer.Write7BitEncodedInt64(extremes.MaxCount);
        writer.Write7BitEncodedInt(statistics.Histogram.NonEmptyBins().Count());
        int next = 0;
        foreach ((int bin, long count) in statistics.Histogram.NonEmptyBins())
        {
            writer.Write7BitEncodedInt(bin - next);
            writer.Write7BitEncodedInt64(count);
            next = bin + 1;
        }
    }

    public static TensorStatistics Read(BinaryReader reader)
    {
        try
        {
            long count = ReadCount(reader);
            long zeros = ReadCount(reader);
            long nonFinite = ReadCount(reader);
            Require(zeros <= count && nonFinite <= count - zeros, "more zeros and non-finite values than values");
            ValueExtremes extremes = new(reader.ReadSingle(), ReadCount(reader), reader.ReadSingle(), ReadCount(reader));
            bool isEmpty = count == zeros + nonFinite;
            Require(isEmpty ? extremes == ValueExtremes.None : IsPossible(extremes), "a minimum and a maximum that no values can have");
            TensorStatistics statistics = new(count, zeros, nonFinite, extremes);
            ReadBins(reader, statistics.Histogram);
            return statistics;
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw Damaged("it ends too early or holds numbers that are too long", exception);
        }
    }

    private static void ReadBins(BinaryReader reader, BitHistogram histogram)
    {
        int bins = reader.Read7BitEncodedInt();
        int next = 0;
        for (int i = 0; i < bins; i++)
        {
            // A negative or overlong distance would otherwise overflow into a valid bin.
            long bin = next + (long)reader.Read7BitEncodedInt();
            Require(
                bin >= next && bin < FloatBins.Count && FloatBins.WithoutSign((int)bin) < FloatBins.Infinity,
                "a histogram bin that does not exist"
            );
            long count = ReadCount(reader);
            Require(count > 0, "an empty histogram bin");
            histogram.Add((int)bin, count);
            next = (int)bin + 1;
        }
    }

    private static bool IsPossible(ValueExtremes extremes) =>
        float.IsFinite(extremes.Min)
        && float.IsFinite(extremes.Max)
        && extremes.Min != 0f
        && extremes.Max != 0f
        && extremes.Min <= extremes.Max
        && extremes.MinCount > 0
        && extremes.MaxCount > 0;

    private static long ReadCount(BinaryReader reader)
    {
        long count = reader.Read7BitEncodedInt64();
        Require(count >= 0, "a negative count");
        return count;
    }

    private static void Require(bool condition, string found)
    {
        if (!condition)
            throw Damaged($"it holds {found}", null);
    }

    private static QuantizationException Damaged(string reason, Exception? inner) =>
        new($"The calibration statistics are damaged: {reason}. Write them again.", inner);
}
