using Quantizer.Reporting;

namespace Quantizer.Pipeline.Forms;

/// <summary>What was decided by measuring.</summary>
/// <param name="SlowNodes">The nodes that are faster in float; null: none.</param>
/// <param name="Unnoticed">The speed-up for which integers were given up as a whole; null: they were not.</param>
internal sealed record SpeedDecision(SlowNodesReport? SlowNodes, double? Unnoticed)
{
    /// <summary>False where the machine was too busy to tell: the next run measures again.</summary>
    public bool IsSettled { get; init; } = true;
}
