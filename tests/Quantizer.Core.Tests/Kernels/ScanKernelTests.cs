using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class ScanKernelTests
{
    private delegate ValueScan Path(ReadOnlySpan<float> values);

    // The vector paths also run, in software, where the processor has no such vectors.
    private static readonly Path[] VectorPaths = [ScanKernel.Scan, ScanKernel.ScanVector256, ScanKernel.ScanVector512];

    [Fact]
    public void Every_path_agrees_with_the_scalar_twin_at_awkward_lengths()
    {
        foreach (int length in AwkwardFloats.Lengths)
        {
            float[] values = AwkwardFloats.Finite(length, seed: length);
            ValueScan expected = ScanKernel.ScanScalar(values);
            Assert.All(VectorPaths, path => Assert.Equal(expected, path(values)));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_single_non_finite_value_is_seen_at_every_place(float value)
    {
        for (int place = 0; place < 37; place++)
        {
            float[] values = new float[37];
            values[place] = value;
            Assert.True(ScanKernel.ScanScalar(values).HasNonFinite);
            Assert.All(VectorPaths, path => Assert.True(path(values).HasNonFinite));
        }
    }

    [Fact]
    public void A_negative_NaN_is_seen() =>
        Assert.True(ScanKernel.Scan([1f, BitConverter.UInt32BitsToSingle(0xFFC00000), 2f]).HasNonFinite);

    [Fact]
    public void Five_values_by_hand()
    {
        ValueScan scan = ScanKernel.Scan([-3f, 0f, 0.25f, -0f, 2f]);
        Assert.Equal(new ValueScan(Min: -3f, Max: 2f, Zeros: 2, SmallestMagnitude: 0.25f, HasNonFinite: false), scan);
        Assert.Equal(3f, scan.LargestMagnitude);
    }

    [Fact]
    public void The_largest_float_is_finite() => Assert.False(ScanKernel.Scan([float.MaxValue, float.MinValue]).HasNonFinite);

    [Fact]
    public void Zeros_alone_have_no_smallest_magnitude() => Assert.Equal(0f, ScanKernel.Scan([0f, -0f]).SmallestMagnitude);

    [Fact]
    public void The_smallest_denormal_is_the_smallest_magnitude() =>
        Assert.Equal(float.Epsilon, ScanKernel.Scan([1f, -float.Epsilon, 0f]).SmallestMagnitude);

    [Fact]
    public void Equal_values_are_counted() => Assert.Equal(3, ScanKernel.CountEqual([6f, 5.9999995f, 6f, -6f, 6f, 0f], 6f));
}
