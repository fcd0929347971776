using System.Buffers.Binary;
using System.Security.Cryptography;
using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>What a sample holds, in one number.</summary>
internal static class SampleContent
{
    /// <summary>Equal for equal contents, whatever the samples are called; of different contents as good as random.</summary>
    public static ulong HashOf(Sample sample)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, TensorValue value) in sample.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
            hash.AppendData(value.Data.Span);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
