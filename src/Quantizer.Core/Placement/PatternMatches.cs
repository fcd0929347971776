using Quantizer.Graphs;
using Quantizer.Patterns;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>Where the patterns of a target lie in a graph.</summary>
internal sealed class PatternMatches
{
    private readonly Dictionary<Node, PatternRule> _kept = [];
    private readonly Dictionary<Node, PatternMatch> _linear = [];

    private readonly HashSet<Node> _means = [];

    private PatternMatches() { }

    public static PatternMatches Find(Graph graph, GraphIndex index, Target target)
    {
        PatternMatches found = new();
        foreach (PatternRule rule in target.Patterns)
        {
            foreach (Node node in graph.Nodes)
            {
                if (rule.Pattern.Match(node, index) is { } match)
                    found.Add(rule, match);
            }
        }

        return found;
    }

    /// <summary>Why a node stays in float as part of a pattern that is kept whole; null when it is none.</summary>
    public string? ReasonOf(Node node) => _kept.TryGetValue(node, out PatternRule? rule) ? rule.Reason : null;

    /// <summary>True for a mean over integers though float is wanted behind it.</summary>
    public bool IsMeanInFrontOfFloat(Node node) => _means.Contains(node);

    /// <summary>The linear layer whose product a node is; null when it is none.</summary>
    public PatternMatch? LinearLayerOf(Node product) => _linear.GetValueOrDefault(product);

    private void Add(PatternRule rule, PatternMatch match)
    {
        if (rule.Use == PatternUse.LinearLayer)
        {
            _linear.TryAdd(match.Nodes[^1], match);
            return;
        }
        bool isBehindMean = rule.Use == PatternUse.FloatBehindMean;
        foreach (Node node in isBehindMean ? match.Nodes.SkipLast(1) : match.Nodes)
            _kept.TryAdd(node, rule);
        if (isBehindMean)
            _means.Add(match.Nodes[^1]);
    }
}
