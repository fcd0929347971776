using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Page;

/// <summary>A node as the graph shows it.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Decision">"int8", "float", ...</param>
/// <param name="Kernel">What runs in its place.</param>
/// <param name="Inputs">Activations that it reads.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record DrawnNode(
    string Name,
    string Operator,
    string Decision,
    string Kernel,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs
)
{
    /// <summary>Signal over error at the outputs with this node alone in integers; null where that was not measured.</summary>
    public double? AloneDb { get; init; }

    public static DrawnNode Of(LinkedNode node, NodeReport? told) =>
        new(
            node.Name,
            told?.OpType ?? "",
            told is null ? "" : ReportWords.Decisions.WordOf(told.Decision),
            told?.Kernel ?? "",
            node.Inputs,
            node.Outputs
        );
}
