namespace Quantizer.Graphs.Serialization.Mapping;

/// <summary>The files a model's tensors lie in: its own and those of its external data, each mapped once.</summary>
internal sealed class MappingCache : IDisposable
{
    private readonly Dictionary<string, MappedFile> _files = [];

    /// <exception cref="IOException">The file cannot be opened, or is empty.</exception>
    public MappedFile Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (_files.TryGetValue(full, out MappedFile? file)) return file;
        // Also keeps pipes and devices, whose length is 0, from being opened and waited for.
        if (new FileInfo(full).Length == 0) throw new IOException("the file is empty");
        return _files[full] = new MappedFile(full);
    }

    public void Dispose()
    {
        foreach (MappedFile file in _files.Values) file.Dispose();
    }
}
