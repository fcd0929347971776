using System.Security.Cryptography;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class SampleKeeperTests
{
    [Fact]
    public void The_512_with_the_smallest_hashes_are_kept_in_their_order()
    {
        Sample[] samples = Samples(800);

        string[] expected = [.. samples.OrderBy(Hash).Take(512).Select(sample => sample.Name)];

        Assert.Equal(expected, Kept(samples));
        Assert.NotEqual(samples[..512].Select(sample => sample.Name), expected);
    }

    [Fact]
    public void Neither_order_nor_threads_show()
    {
        Sample[] samples = Samples(900);
        SampleKeeper parallel = new();

        new SampleWorkers(4, CancellationToken.None).Run(900, index => parallel.Offer(899 - index, samples[899 - index]));

        Assert.Equal(Kept(samples), parallel.Kept.Select(sample => sample.Name));
    }

    [Fact]
    public void The_inputs_count_in_the_order_of_their_names()
    {
        TensorValue a = TensorValue.FromFloats([1, 2], [1f, 2f]),
            b = TensorValue.FromFloats([1, 2], [3f, 4f]);
        SampleKeeper keeper = new();

        keeper.Offer(1, new Sample("second", new Dictionary<string, TensorValue> { ["b"] = b, ["a"] = a }));
        keeper.Offer(0, new Sample("first", new Dictionary<string, TensorValue> { ["a"] = a, ["b"] = b }));

        // Equal contents: the place in the data decides.
        Assert.Equal(["first", "second"], keeper.Kept.Select(sample => sample.Name));
    }

    [Theory]
    // The thirteenth goes over 128 MiB, and eight are kept in any case.
    [InlineData(10, 15, 13)]
    [InlineData(50, 10, 8)]
    public void Large_samples_are_kept_until_they_fill_the_memory(int mebibytes, int offered, int kept)
    {
        // All share one array: only what they would take counts.
        byte[] large = new byte[mebibytes << 20];
        SampleKeeper keeper = new();

        for (int i = 0; i < offered; i++)
        {
            keeper.Offer(
                i,
                new Sample(
                    $"{i}",
                    new Dictionary<string, TensorValue>
                    {
                        ["number"] = TensorValue.FromFloats([1, 1], [i]),
                        ["x"] = new(ElementType.UInt8, [1, large.Length], large),
                    }
                )
            );
        }

        Assert.Equal(kept, keeper.Kept.Count);
    }

    private static string[] Kept(Sample[] samples)
    {
        SampleKeeper keeper = new();
        for (int i = 0; i < samples.Length; i++)
            keeper.Offer(i, samples[i]);
        return [.. keeper.Kept.Select(sample => sample.Name)];
    }

    private static Sample[] Samples(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new Sample(
                    $"sample {index}",
                    new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 2], SmallNetworks.Values(2, index)) }
                )),
        ];

    private static ulong Hash(Sample sample) => BitConverter.ToUInt64(SHA256.HashData(sample.Inputs["x"].Data.Span));
}
