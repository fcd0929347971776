namespace Quantizer.Findings;

/// <summary>Something a user should know of a run. Checks yield findings; only the command line decides what follows from them.</summary>
/// <param name="Severity">"info", "warning" or "error".</param>
/// <param name="Subject">The node, tensor or file.</param>
/// <param name="Remedy">What to try.</param>
public sealed record Finding(string Severity, string Subject, string Message, string Remedy);
