using System.IO.Enumeration;
using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>
/// The user's include and exclude patterns, matched against a node's names and its tensors' names in the user's file; and the
/// nodes that were found to have to stay in float.
/// </summary>
internal sealed class NameFilter(PlacementOptions options, Func<Node, IEnumerable<string>> namesOf)
{
    private readonly HashSet<string> _matched = [];

    /// <summary>Why the options keep the node in float; null when they do not.</summary>
    /// <param name="isWeighted">
    /// True for nodes with weights: --include chooses among those. The nodes between them follow, or the chosen ones could not fuse.
    /// </param>
    public string? Excludes(Node node, bool isWeighted)
    {
        IReadOnlyList<string> names = [.. namesOf(node)];
        // Every pattern is tried, though one is enough for a reason: one that others make needless is no misspelling.
        string[] excluding = [.. options.Exclude.Where(pattern => Matches(pattern, names))];
        string[] types =
        [
            .. options.ExcludeOpTypes.Where(type => Matched(type, string.Equals(type, node.OpType, StringComparison.OrdinalIgnoreCase))),
        ];
        string[] including = [.. options.Include.Where(pattern => Matches(pattern, names))];
        if (excluding.Length > 0)
            return $"excluded by --exclude {excluding[0]}";
        if (types.Length > 0)
            return $"excluded by --exclude-op {types[0]}";
        if (isWeighted && options.Include.Count > 0 && including.Length == 0)
            return "not matched by --include";
        return options.Float.GetValueOrDefault(node.Name);
    }

    /// <summary>Patterns that matched nothing: almost always a misspelling, so the run must not go on as if they had.</summary>
    public IEnumerable<string> Unmatched =>
        options.Include.Concat(options.Exclude).Concat(options.ExcludeOpTypes).Where(pattern => !_matched.Contains(pattern));

    private bool Matches(string pattern, IReadOnlyList<string> names) =>
        Matched(pattern, names.Any(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));

    private bool Matched(string pattern, bool matches)
    {
        if (matches)
            _matched.Add(pattern);
        return matches;
    }
}
