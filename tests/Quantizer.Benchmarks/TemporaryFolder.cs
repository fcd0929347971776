namespace Quantizer.Benchmarks;

/// <summary>A folder for files that are gone when the benchmark is done.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantizer-benchmark-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
