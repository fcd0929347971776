using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Pipeline.Reports;

/// <summary>Models that were exported as they are trained: they normalize by the batch at hand and drop values at random.</summary>
internal static class TrainingModeFindings
{
    public static IEnumerable<Finding> Of(Graph graph) =>
        TrainingMode.OperatorsIn(graph) is { Count: > 0 } operators
            ?
            [
                FindingKind.TrainingMode.Of(
                    "model",
                    $"It was exported in training mode ({string.Join(", ", operators)}): its answers depend on the batch, or on chance.",
                    "Export it for inference: in PyTorch call model.eval() first."
                ),
            ]
            : [];
}
