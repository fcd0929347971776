using Quantizer.Placement.Contract;
using Quantizer.Targets.OnnxRuntimeCpu;

namespace Quantizer.Targets;

/// <summary>The targets, by the names that users write: a row each.</summary>
public static class TargetTable
{
    public static IReadOnlyList<Target> All { get; } = [new OnnxRuntimeCpuTarget()];

    /// <summary>The target that a run has where none is named.</summary>
    public static Target Default => All[0];

    /// <exception cref="QuantizationException">No target has that name.</exception>
    public static Target Named(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new QuantizationException($"Target '{name}' is not known; expected one of: {string.Join(", ", All.Select(target => target.Name))}.");
}
