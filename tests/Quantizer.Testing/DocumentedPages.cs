namespace Quantizer.Testing;

/// <summary>The Markdown files of the repository that people read.</summary>
public static class DocumentedPages
{
    /// <summary>All below a folder, as paths from the repository's root with forward slashes.</summary>
    public static IReadOnlyList<string> Below(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(SharedFolder.Repository, folder), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(SharedFolder.Repository, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
}
