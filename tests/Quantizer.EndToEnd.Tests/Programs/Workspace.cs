using System.Security.Cryptography;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Programs;

/// <summary>A folder of a test's own.</summary>
internal sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("quantizer-e2e-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, OnnxModel model) => Write(name, OnnxFile.ToBytes(model));

    public string Folder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>Everything in the folder: each file with the hash of its bytes and the time of its last change.</summary>
    public IReadOnlyList<string> State() => StateOf(Root);

    /// <inheritdoc cref="State"/>
    public static IReadOnlyList<string> StateOf(string folder) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => Directory.Exists(path) ? $"{path}/" : $"{path} {Fingerprint(path)}"),
        ];

    /// <summary>The hash of a file's bytes and the time of its last change.</summary>
    public static string Fingerprint(string path) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))} {File.GetLastWriteTimeUtc(path):O}";

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
