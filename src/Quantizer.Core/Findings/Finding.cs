namespace Quantizer.Findings;

/// <summary>Something a user should know of a run. Checks yield findings; only the command line decides what follows from them.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">The node, tensor or file.</param>
/// <param name="Message">What was found, a sentence.</param>
/// <param name="Remedy">What to try; empty where there is nothing.</param>
/// <param name="Code">"QZ101": what <c>quantize explain</c> and the pages in <c>samples/findings</c> know it by; empty in reports of older
/// versions.</param>
public sealed record Finding(FindingSeverity Severity, string Subject, string Message, string Remedy, string Code = "");
