using System.Text.RegularExpressions;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>
/// Which folders of the product a file uses: those of the types that its code names, where its usings, its own namespace and the
/// namespaces around that one let it see them. A using alone is no use, and a use needs no using.
/// </summary>
internal sealed partial class FolderReferences
{
    /// <summary>Where namespaces begin, apart from which they are the folders.</summary>
    private static readonly (string Project, string Namespace)[] Roots =
    [
        ("src/Quantizer.Core", "Quantizer"),
        ("src/Quantizer.Graphs", "Quantizer.Graphs"),
        ("src/Quantizer.Cli", "Quantizer.Cli"),
    ];

    private static readonly Lazy<FolderReferences> Product = new(() => new FolderReferences(SourceFile.All));

    private readonly Dictionary<string, string> _folders = [];
    private readonly Dictionary<string, HashSet<string>> _words = [];

    public FolderReferences(IReadOnlyList<SourceFile> files)
    {
        foreach (IGrouping<string, SourceFile> folder in files.GroupBy(file => file.Folder))
        {
            _folders[NamespaceOf(folder.Key)] = folder.Key;
            _words[folder.Key] =
            [
                .. folder.SelectMany(file => Declaration().Matches(file.Code).Select(match => match.Groups["name"].Value)),
            ];
        }
    }

    /// <summary>Of the product's own files.</summary>
    public static FolderReferences OfProduct => Product.Value;

    public IReadOnlyCollection<string> Folders => _words.Keys;

    public static string NamespaceOf(string folder)
    {
        (string project, string root) = Roots.Single(root =>
            folder == root.Project || folder.StartsWith(root.Project + "/", StringComparison.Ordinal)
        );
        return root + folder[project.Length..].Replace('/', '.');
    }

    /// <summary>The folders that a file uses, in order, its own left out.</summary>
    public IEnumerable<string> UsedBy(SourceFile file)
    {
        HashSet<string> words = [.. Word().Matches(Using().Replace(file.Code, "")).Select(match => match.Value)];
        return Visible(file)
            .Where(folder => folder != file.Folder && _words[folder].Overlaps(words))
            .Concat(Qualified(file))
            .Where(folder => folder != file.Folder)
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private IEnumerable<string> Visible(SourceFile file)
    {
        string[] own = NamespaceOf(file.Folder).Split('.');
        return Enumerable
            .Range(1, own.Length)
            .Select(length => string.Join('.', own.Take(length)))
            .Concat(Using().Matches(file.Code).Select(match => match.Groups["name"].Value))
            .Where(_folders.ContainsKey)
            .Select(name => _folders[name]);
    }

    /// <summary>Folders whose namespace stands in front of one of their types, whole or from the root's next part on.</summary>
    private IEnumerable<string> Qualified(SourceFile file) =>
        from match in QualifiedName().Matches(Using().Replace(file.Code, ""))
        let parts = match.Value.Split('.')
        from length in Enumerable.Range(1, parts.Length - 1)
        from name in new[] { string.Join('.', parts.Take(length)), "Quantizer." + string.Join('.', parts.Take(length)) }
        where _folders.ContainsKey(name) && _words[_folders[name]].Contains(parts[length])
        select _folders[name];

    /// <summary>Types, and extension methods, whose use names no type.</summary>
    [GeneratedRegex(
        @"\b(?:class|record struct|record|struct|interface|enum)\s+(?<name>[A-Z]\w*)|\bdelegate\s+[^;({]*?(?<name>[A-Z]\w*)\s*(?:<[^>]*>)?\(|\bstatic\s+[^;={}()]*?\b(?<name>\w+)(?:<[^>]*>)?\(\s*this\s"
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*using (static )?(?<name>Quantizer[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*(\.[A-Z]\w*)+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Word();
}
