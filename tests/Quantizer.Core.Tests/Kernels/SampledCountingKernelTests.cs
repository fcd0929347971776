using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class SampledCountingKernelTests
{
    private delegate void Path(ReadOnlySpan<float> values, int tailStart, Span<uint> counters);

    private static readonly Path[] VectorPaths = CountingKernel.CanCompress(1f)
        ? [SampledCountingKernel.CountVector256, SampledCountingKernel.CountCompressed]
        : [SampledCountingKernel.CountVector256];

    [Fact]
    public void Every_path_agrees_with_the_scalar_twin_at_awkward_lengths()
    {
        foreach (int length in (int[])[.. AwkwardFloats.Lengths, 20_000])
        {
            float[] values = AwkwardFloats.Finite(length, seed: length, AwkwardFloats.SmallestOfUpperHalf);
            foreach (int tailStart in (int[])[0, 1, FloatBins.Of(1e-3f), FloatBins.Of(1f), FloatBins.Of(1e5f)])
            {
                long[] expected = Count(Scalar, values, tailStart);
                Assert.All(
                    VectorPaths,
                    path =>
                        Assert.True(
                            expected.AsSpan().SequenceEqual(Count(path, values, tailStart)),
                            $"length {length}, tail from {tailStart}"
                        )
                );
            }
        }
    }

    [Fact]
    public void The_tail_is_counted_whole_and_one_vector_of_nine_of_the_body()
    {
        float[] values = new float[100 * SampledCountingKernel.GroupLength];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % 10 == 0 ? -4f : 1f;
        long[] counts = Count(Scalar, values, FloatBins.Of(2f));
        Assert.Equal(values.Length / 10, counts[FloatBins.Of(-4f)]);
        // A ninth of the values, of which nine tenths are ones: by how the vectors fall on the tens.
        Assert.InRange(counts[FloatBins.Of(1f)], (values.Length / 10) - 15, (values.Length / 10) + 15);
    }

    [Fact]
    public void Each_place_of_a_group_is_sampled_about_equally_often()
    {
        IEnumerable<int> counts = Enumerable
            .Range(0, 9000)
            .GroupBy(SampledCountingKernel.SampledVector)
            .OrderBy(group => group.Key)
            .Select(group => group.Count());
        Assert.Equal(SampledCountingKernel.VectorsPerGroup, counts.Count());
        Assert.All(counts, count => Assert.InRange(count, 990, 1010));
    }

    private static void Scalar(ReadOnlySpan<float> values, int tailStart, Span<uint> counters) =>
        SampledCountingKernel.CountScalar(values, 0, tailStart, counters);

    private static long[] Count(Path path, float[] values, int tailStart)
    {
        uint[] counters = CountingKernelTests.NewCounters();
        path(values, tailStart, counters);
        return CountingKernelTests.Sum(counters);
    }
}
