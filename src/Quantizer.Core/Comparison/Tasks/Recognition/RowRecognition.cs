using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors whose graph has sorted out the detections, a row each.</summary>
internal static class RowRecognition
{
    /// <summary>One row of six numbers may look like a detection by chance.</summary>
    private const int FewestAlone = 2;

    public static Recognized? Find(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Shape is not ([_, 6 or 7] or [1, _, 6 or 7]))
            return null;
        // Probabilities of a network that is sure look like a corner, a score of 1 and class 0.
        if (output.End is "Softmax" or "LogSoftmax" or "Sigmoid")
            return null;
        return IsPaddles(evidence)
            ? ClassFirst(output, evidence) ?? CornersFirst(output, evidence)
            : CornersFirst(output, evidence) ?? ClassFirst(output, evidence);
    }

    /// <summary>PaddleDetection's networks are told how much the picture was scaled, and give boxes of the original: their order of
    /// columns is known where the first picture has nothing on it.</summary>
    private static bool IsPaddles(TaskEvidence evidence) => evidence.Inputs.Any(input => input.Name == "scale_factor");

    /// <summary>Corners, score, class; or batch, corners, class, score.</summary>
    private static Recognized? CornersFirst(SeenOutput output, TaskEvidence evidence)
    {
        int columns = (int)output.Shape[^1],
            first = columns - 6,
            score = columns == 6 ? 4 : 6,
            label = 5;
        bool areDetections =
            output.Values.Length > 0
            && output
                .Values.Chunk(columns)
                .All(row => IsShare(row[score]) && IsWhole(row[label]) && AreCorners(row.AsSpan(first)) && (first == 0 || row[0] == 0));
        return areDetections
            ? BoxesRecognition.Of(
                new RowHead(output.Name, first, score, label),
                evidence,
                $"{output.Text}: a row of corners, score and class a detection"
            )
            : null;
    }

    /// <summary>Class, score, corners; class -1 is none. A number beside the rows may tell how many of them count.</summary>
    private static Recognized? ClassFirst(SeenOutput output, TaskEvidence evidence)
    {
        if (output.Shape[^1] != 6)
            return null;
        float[][] rows = [.. output.Values.Chunk(6)];
        SeenOutput? count = evidence.Outputs.FirstOrDefault(other =>
            other is { HoldsFractions: false, End: not ("ArgMax" or "ArgMin" or "TopK"), Values: [>= 0 and var counted] }
            && counted <= rows.Length
        );
        if (count is not null)
            rows = rows[..(int)count.Values[0]];
        bool areDetections = rows.All(row =>
            row[0] == -1 || (row[0] >= 0 && IsWhole(row[0]) && IsShare(row[1]) && AreCorners(row.AsSpan(2)))
        );
        int found = rows.Count(row => row[0] >= 0 && row[1] > 0 && row[4] > row[2] && row[5] > row[3]);
        bool isTold = IsPaddles(evidence) || (evidence.IsAsked && rows.Length > 0) || found >= (count is null ? FewestAlone : 1);
        return areDetections && isTold
            ? BoxesRecognition.Of(
                new RowHead(output.Name, first: 2, score: 1, label: 0, count?.Name),
                evidence,
                $"{output.Text}: a row of class, score and corners a detection{(count is null ? "" : $", as many as {count.Text} tells")}"
            )
            : null;
    }

    private static bool AreCorners(ReadOnlySpan<float> box) => box[2] >= box[0] && box[3] >= box[1];

    private static bool IsWhole(float value) => value == MathF.Floor(value);

    private static bool IsShare(float value) => value is >= 0 and <= 1.001f;
}
