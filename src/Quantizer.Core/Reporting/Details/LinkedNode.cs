namespace Quantizer.Reporting.Details;

/// <summary>A node with its neighbours.</summary>
/// <param name="Name">As in <see cref="NodeReport.Name"/>.</param>
/// <param name="Inputs">Activations that it reads, no constants.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="Macs">Multiply-accumulates per sample; null where they are not known.</param>
public sealed record LinkedNode(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, long? Macs);
