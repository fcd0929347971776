using System.Text.RegularExpressions;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>A C# file of the product as text, without comments.</summary>
/// <param name="Path">From the repository's root, with slashes: "src/Quantizer.Core/Ranges/ClampFit.cs".</param>
internal sealed partial record SourceFile(string Path, string Code)
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(Read);

    public static IReadOnlyList<SourceFile> All => Files.Value;

    /// <summary>"src/Quantizer.Core/Ranges".</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public bool IsBelow(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Takes comments away and leaves strings alone, so that a "//" inside of a string is no comment.</summary>
    internal static string WithoutComments(string code) =>
        CommentOrLiteral().Replace(code, match => match.Value.StartsWith('/') ? " " : match.Value);

    /// <summary>Paths of the C# files below a folder of the repository, without what a build wrote.</summary>
    public static IEnumerable<string> PathsBelow(string folder) =>
        Directory
            .EnumerateFiles(System.IO.Path.Combine(SharedFolder.Repository, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(SharedFolder.Repository, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static SourceFile[] Read() =>
        [
            .. PathsBelow("src")
                .Select(path => new SourceFile(
                    path,
                    WithoutComments(File.ReadAllText(System.IO.Path.Combine(SharedFolder.Repository, path)))
                )),
        ];

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\"{3,}.*?\"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])'""", RegexOptions.Singleline)]
    private static partial Regex CommentOrLiteral();
}
