using Quantizer.Schemes;

namespace Quantizer.Placement;

/// <summary>What a target's integer kernels want: number formats and a table of operator rules.</summary>
public sealed record TargetProfile(string Name, QuantizationScheme Activations, QuantizationScheme Weights, IReadOnlyList<OperatorRule> Rules)
{
    private readonly Dictionary<string, OperatorRule> _byType = Rules.ToDictionary(rule => rule.OpType);

    public static IReadOnlyList<TargetProfile> All { get; } = [OnnxRuntimeCpu.Profile];

    /// <exception cref="QuantizationException">No target has that name.</exception>
    public static TargetProfile Named(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new QuantizationException($"Target '{name}' is not known; expected one of: {string.Join(", ", All.Select(target => target.Name))}.");

    /// <summary>Whether nodes of this type multiply by weights: the work that quantization is for.</summary>
    public bool IsWeighted(string opType) => _byType.TryGetValue(opType, out OperatorRule? rule) && rule.Role == OperatorRole.Weighted;

    /// <summary>The rule of a standard operator; null when the target computes it in float only.</summary>
    public OperatorRule? RuleOf(Graphs.Node node) => node.Domain.Length == 0 ? _byType.GetValueOrDefault(node.OpType) : null;
}
