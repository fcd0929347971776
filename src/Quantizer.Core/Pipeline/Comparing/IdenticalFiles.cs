using Quantizer.Graphs;

namespace Quantizer.Pipeline.Comparing;

/// <summary>Tells whether two model files are one and the same network, whose comparison would only measure the machine.</summary>
internal static class IdenticalFiles
{
    private const int Chunk = 1 << 20;

    /// <param name="model">The first file, read.</param>
    public static bool Are(string path, string otherPath, OnnxModel model)
    {
        // Weights in other files are found beside the model: the same bytes in another folder may mean others.
        bool isWhole = model.Graph.Initializers.All(tensor => tensor.ExternalLocation is null);
        bool isOneFolder = Path.GetDirectoryName(Path.GetFullPath(path)) == Path.GetDirectoryName(Path.GetFullPath(otherPath));
        return (isWhole || isOneFolder) && HaveSameBytes(path, otherPath);
    }

    private static bool HaveSameBytes(string path, string otherPath)
    {
        using FileStream one = File.OpenRead(path),
            other = File.OpenRead(otherPath);
        byte[] first = new byte[Chunk],
            second = new byte[Chunk];
        while (true)
        {
            int read = one.ReadAtLeast(first, Chunk, throwOnEndOfStream: false);
            if (
                other.ReadAtLeast(second, Chunk, throwOnEndOfStream: false) != read
                || !first.AsSpan(0, read).SequenceEqual(second.AsSpan(0, read))
            )
            {
                return false;
            }

            if (read < Chunk)
                return true;
        }
    }
}
