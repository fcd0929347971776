using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors, by the form of what they give.</summary>
internal static class BoxesRecognition
{
    public static Recognized? Find(TaskEvidence evidence)
    {
        if (evidence.Picture is null && !evidence.IsAsked)
            return null;
        return Lists(evidence)
            ?? RowRecognition.Find(evidence)
            ?? LevelRecognition.Find(evidence)
            ?? AnchorRecognition.Find(evidence)
            ?? FastestDet(evidence)
            ?? YoloRecognition.Find(evidence)
            ?? GridRecognition.Find(evidence);
    }

    /// <exception cref="QuantizationException">There are right boxes that its own cannot be compared with.</exception>
    public static Recognized Of(BoxHead head, TaskEvidence evidence, string why, bool isSure = true)
    {
        if (!head.HasPlaces && evidence.Truths.Boxes is not null)
        {
            throw new QuantizationException(
                $"The right boxes of --boxes cannot be compared with what the model gives ({why}). Leave them out, or export the "
                    + $"model with its boxes decoded."
            );
        }

        return new Recognized(new BoxesTask(head, evidence.Confidence ?? head.UsualConfidence, evidence.Truths), why, isSure);
    }

    /// <summary>Boxes, scores and labels in outputs of their own, as many of each.</summary>
    private static Recognized? Lists(TaskEvidence evidence)
    {
        if (
            evidence.Outputs.FirstOrDefault(output => output.HoldsFractions && output.Shape is [.., 4] and { Count: 2 or 3 })
            is not { } boxes
        )
        {
            return null;
        }

        SeenOutput[] lists =
        [
            .. evidence.Outputs.Where(output =>
                output.Values.Length * 4 == boxes.Values.Length && output.Shape.Count == boxes.Shape.Count - 1
            ),
        ];
        SeenOutput? labels =
            lists.FirstOrDefault(list => Names(list, "label", "class", "cls")) ?? lists.FirstOrDefault(list => !list.HoldsFractions);
        SeenOutput? scores = lists.FirstOrDefault(list =>
            list != labels && list.HoldsFractions && (evidence.IsAsked || list.Values.All(IsShare))
        );
        if (scores is null || labels is not { HoldsWholeNumbers: true })
            return null;
        return Of(
            new ListHead(boxes.Name, scores.Name, labels.Name, AreCentres(boxes) ? BoxCoding.Centre : BoxCoding.Corners),
            evidence,
            $"{boxes.Text}, {scores.Text}, {labels.Text}: {(AreCentres(boxes) ? "boxes by centre and size" : "boxes")}, scores and labels of "
                + "detections"
        );
    }

    private static bool AreCentres(SeenOutput boxes) =>
        boxes.Values.Length > 0 && AnchorRecognition.CodingOf(boxes.Values) == BoxCoding.Centre;

    /// <summary>Objectness, four coordinates, and a softmax of scores at every cell.</summary>
    private static Recognized? FastestDet(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Shape is not [1, >= 7 and var channels, var height, var width])
            return null;
        int cells = (int)(height * width);
        bool isHead =
            output.Values.Take(cells).All(IsShare)
            && new ClassGrid((int)channels - 5, IsClassFirst: true).HoldsProbabilities(output.Values.AsSpan(5 * cells));
        return isHead
            ? Of(
                new FastestDetHead(output.Name),
                evidence,
                $"{output.Text}: objectness, 4 coordinates and {channels - 5} scores of {height}x{width} cells"
            )
            : null;
    }

    private static bool IsShare(float value) => value is >= 0 and <= 1.001f;

    private static bool Names(SeenOutput output, params string[] words) =>
        words.Any(word => output.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
