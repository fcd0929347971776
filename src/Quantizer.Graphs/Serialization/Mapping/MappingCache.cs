using Quantizer.Graphs.Files;

namespace Quantizer.Graphs.Serialization.Mapping;

/// <summary>The files a model's tensors lie in: its own and those of its external data, each mapped once.</summary>
internal sealed class MappingCache : IDisposable
{
    private readonly Dictionary<string, MappedFile> _files = [];

    /// <summary>The paths of the files, in the order in which they were first asked for.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <exception cref="IOException">The file cannot be opened, is no ordinary file, or is empty.</exception>
    public MappedFile Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (_files.TryGetValue(full, out MappedFile? file))
            return file;
        if (FileStatus.SpecialKindOf(full) is { } kind)
            throw new IOException($"it is {kind}, where a file was expected");
        if (new FileInfo(full).Length == 0)
            throw new IOException("the file is empty");
        return _files[full] = new MappedFile(full);
    }

    public void Dispose()
    {
        foreach (MappedFile file in _files.Values)
            file.Dispose();
    }
}
