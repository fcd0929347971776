using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks;

/// <summary>Tokens as an input holds them.</summary>
internal static class TokenIds
{
    /// <param name="ids">Of type int64 or int32.</param>
    public static int[] Of(TensorValue ids) =>
        ids.Type == ElementType.Int64
            ? [.. MemoryMarshal.Cast<byte, long>(ids.Data.Span).ToArray().Select(id => (int)Math.Clamp(id, int.MinValue, int.MaxValue))]
            : MemoryMarshal.Cast<byte, int>(ids.Data.Span).ToArray();
}
