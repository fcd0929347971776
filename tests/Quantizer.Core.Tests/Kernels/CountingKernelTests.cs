using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class CountingKernelTests
{
    private delegate void Path(ReadOnlySpan<float> values, Span<uint> counters);

    private static readonly Path[] AllPaths = CountingKernel.CanCompress(1f)
        ? [CountingKernel.CountScalar, CountingKernel.CountVector256, CountingKernel.CountCompressed]
        : [CountingKernel.CountScalar, CountingKernel.CountVector256];

    [Fact]
    public void Every_path_agrees_with_the_scalar_twin_at_awkward_lengths()
    {
        foreach (int length in AwkwardFloats.Lengths)
        {
            float[] values = AwkwardFloats.Finite(length, seed: length, AwkwardFloats.SmallestOfUpperHalf);
            long[] expected = Count(CountingKernel.CountScalar, values);
            Assert.Equal(values.Count(value => value != 0f), expected.Sum());
            Assert.All(AllPaths, path => Assert.True(expected.AsSpan().SequenceEqual(Count(path, values)), $"length {length}"));
        }
    }

    [Fact]
    public void The_tiniest_denormals_are_counted_too()
    {
        Assert.Equal(0x00010000u, BitConverter.SingleToUInt32Bits(AwkwardFloats.SmallestOfUpperHalf));
        foreach (
            float smallest in (float[])
                [float.Epsilon, MathF.BitDecrement(AwkwardFloats.SmallestOfUpperHalf), AwkwardFloats.SmallestOfUpperHalf]
        )
        {
            float[] values = [.. Enumerable.Repeat(smallest, 20), .. Enumerable.Repeat(-smallest, 20), .. Enumerable.Repeat(0f, 24)];
            Assert.Equal(40, Count((values, counters) => CountingKernel.Count(values, smallest, counters), values).Sum());
        }
        Assert.False(CountingKernel.CanCompress(MathF.BitDecrement(AwkwardFloats.SmallestOfUpperHalf)));
    }

    [Fact]
    public void Every_exponent_of_either_sign_has_its_own_bins()
    {
        // One value from each bin of finite numbers, in an order that spreads them over the lanes.
        float[] values =
        [
            .. Enumerable
                .Range(0, FloatBins.Count)
                .Select(bin => BitConverter.UInt32BitsToSingle(((uint)bin << 17) + 0x10000))
                .Where(float.IsFinite),
        ];
        foreach (float[] chunk in values.Chunk(CountingKernel.ChunkLength))
        {
            foreach (Path path in AllPaths)
            {
                long[] counts = Count(path, chunk);
                Assert.All(chunk, value => Assert.Equal(1, counts[FloatBins.Of(value)]));
                Assert.Equal(chunk.Length, counts.Sum());
            }
        }
    }

    [Fact]
    public void A_chunk_of_one_value_fills_all_lanes_of_one_bin()
    {
        float[] values = new float[CountingKernel.ChunkLength];
        Array.Fill(values, -1.5f);
        foreach (Path path in AllPaths)
        {
            uint[] counters = NewCounters();
            path(values, counters);
            int bin = FloatBins.Of(-1.5f);
            for (int lane = 0; lane < CountingKernel.Lanes; lane++)
                Assert.Equal(1024u, counters[(lane * CountingKernel.LaneStride) + bin]);
        }
    }

    internal static uint[] NewCounters() => new uint[CountingKernel.CounterCount];

    /// <summary>The counts of the real bins, the lanes added up.</summary>
    internal static long[] Sum(uint[] counters)
    {
        long[] counts = new long[FloatBins.Count];
        for (int lane = 0; lane < CountingKernel.Lanes; lane++)
        {
            for (int bin = 0; bin < FloatBins.Count; bin++)
                counts[bin] += counters[(lane * CountingKernel.LaneStride) + bin];
        }
        return counts;
    }

    private static long[] Count(Path path, float[] values)
    {
        uint[] counters = NewCounters();
        path(values, counters);
        return Sum(counters);
    }
}
