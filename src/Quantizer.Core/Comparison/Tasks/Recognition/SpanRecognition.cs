using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Networks that find a span of their text, as those that answer questions do.</summary>
internal static class SpanRecognition
{
    /// <summary>Two outputs called after a start and an end, each with a score for every position of an input.</summary>
    public static Recognized? Find(TaskEvidence evidence)
    {
        if (Named(evidence, "start", null) is not { } start || Named(evidence, "end", start) is not { } end)
            return null;
        int positions = start.Values.Length;
        return evidence.Inputs.Any(input => input.Value.Shape is [1, var length, ..] && length == positions)
            ? new Recognized(
                new SpansTask(start.Name, end.Name),
                $"{start.Text}, {end.Text}: where a span of {positions} positions begins and ends"
            )
            : null;
    }

    private static SeenOutput? Named(TaskEvidence evidence, string word, SeenOutput? like) =>
        evidence.Outputs.FirstOrDefault(output =>
            output != like
            && output is { HoldsFractions: true, Shape: [1, >= 2] }
            && (like is null || output.Shape.SequenceEqual(like.Shape))
            && output.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}
