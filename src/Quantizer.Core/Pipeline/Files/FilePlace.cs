using Quantizer.Graphs.Files;

namespace Quantizer.Pipeline.Files;

/// <summary>Where a path leads: two paths may be spelt differently, through links, and be one file.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Real">With every link followed; what is not there yet has this alone.</param>
/// <param name="Identity">Tells hard links as well; null where nothing is there.</param>
internal sealed record FilePlace(string Path, string Real, FileIdentity? Identity)
{
    public static FilePlace Of(string path) => new(path, RealPath.Of(path), FileStatus.Of(path).Identity);

    public bool IsSameAs(FilePlace other) =>
        RealPath.Comparer.Equals(Real, other.Real) || (Identity is { } identity && identity == other.Identity);
}
