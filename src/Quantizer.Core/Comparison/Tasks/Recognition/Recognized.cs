namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>A task that the outputs allow.</summary>
/// <param name="Why">What it was recognized by: "output0 [1,14,320]: 4 coordinates and 10 scores of 320 cells".</param>
/// <param name="IsSure">False: only shapes fit, so that it is not judged unless the user asks for it.</param>
internal sealed record Recognized(JudgedTask Task, string Why, bool IsSure = true);
