using System.Buffers.Binary;
using System.Security.Cryptography;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>
/// The calibration samples that plans are judged by: those with the smallest hashes of their contents. As good as random, and
/// the same in whatever order the data lie.
/// </summary>
public static class JudgedSamples
{
    /// <summary>More samples change the mean error of an output by less than plans differ.</summary>
    private const int MostSamples = 128;

    /// <summary>In the order of their hashes. Samples that cannot be read are left out.</summary>
    public static IReadOnlyList<Sample> Of(ISampleSource samples, int workers, CancellationToken cancellation)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        ulong?[] hashes = new ulong?[samples.Count];
        Parallel.For(0, samples.Count, parallel, index => hashes[index] = HashOf(samples, index));
        return [.. Enumerable.Range(0, samples.Count).Where(index => hashes[index] is not null).OrderBy(index => hashes[index]).Take(MostSamples).Select(samples.Load)];
    }

    private static ulong? HashOf(ISampleSource samples, int index)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach ((_, TensorValue value) in samples.Load(index).Inputs.OrderBy(input => input.Key, StringComparer.Ordinal)) hash.AppendData(value.Data.Span);
            return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
        }
        catch (BrokenSampleException)
        {
            return null;
        }
    }
}
