using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors, by the form of what they give.</summary>
internal static class BoxesRecognition
{
    /// <summary>Fewer rows are no anchors or cells.</summary>
    private const int FewestAnchors = 16;

    /// <summary>A few boxes of any head are beyond what its form promises.</summary>
    private const double NearlyAll = 0.98;

    public static Recognized? Find(TaskEvidence evidence)
    {
        if (evidence.Picture is null && !evidence.IsAsked)
            return null;
        return Lists(evidence) ?? Rows(evidence) ?? Anchors(evidence) ?? FastestDet(evidence) ?? YoloRecognition.Find(evidence);
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
            new ListHead(boxes.Name, scores.Name, labels.Name),
            evidence,
            $"{boxes.Text}, {scores.Text}, {labels.Text}: boxes, scores and labels of detections"
        );
    }

    /// <summary>A row for each detection: corners, score, class; or batch, corners, class, score.</summary>
    private static Recognized? Rows(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Values.Length == 0 || output.Shape is not ([_, 6 or 7] or [1, _, 6 or 7]))
            return null;
        int columns = (int)output.Shape[^1],
            first = columns - 6,
            score = columns == 6 ? 4 : 6,
            label = 5;
        bool areDetections = output
            .Values.Chunk(columns)
            .All(row =>
                IsShare(row[score])
                && row[label] == MathF.Floor(row[label])
                && row[first + 2] >= row[first]
                && row[first + 3] >= row[first + 1]
                && (first == 0 || row[0] == 0)
            );
        return areDetections
            ? Of(new RowHead(output.Name, first, score, label), evidence, $"{output.Text}: a row of corners, score and class a detection")
            : null;
    }

    /// <summary>Four coordinates and the scores of as many anchors, in two outputs.</summary>
    private static Recognized? Anchors(TaskEvidence evidence)
    {
        foreach (SeenOutput boxes in evidence.Outputs.Where(output => output.Shape is [1, >= FewestAnchors, 4] && output.HoldsFractions))
        {
            foreach (SeenOutput scores in evidence.Outputs.Where(output => output != boxes && output.HoldsFractions))
            {
                if (scores.Shape is not [1, var anchors, var classes] || anchors != boxes.Shape[1] || !scores.IsWithin(0, 1.001))
                    continue;
                bool sumsToOne = classes > 1 && new ClassGrid((int)classes, IsClassFirst: false).HoldsProbabilities(scores.Values);
                BoxCoding coding = CodingOf(boxes.Values);
                long objects = classes - (sumsToOne ? 1 : 0);
                return Of(
                    new AnchorHead(boxes.Name, scores.Name, coding, hasBackground: sumsToOne),
                    evidence,
                    $"{boxes.Text}, {scores.Text}: {Word(coding)} and {(sumsToOne ? "background and " : "")}"
                        + $"{objects} {(objects == 1 ? "score" : "scores")} of {anchors} anchors"
                );
            }
        }
        return null;
    }

    private static BoxCoding CodingOf(float[] boxes)
    {
        float[][] all = [.. boxes.Chunk(4)];
        bool Hold(Func<float[], bool> test) => all.Count(test) >= NearlyAll * all.Length;
        return Hold(box => box[2] > box[0] && box[3] > box[1]) ? BoxCoding.Corners
            : Hold(box => box[2] > 0 && box[3] > 0) ? BoxCoding.Centre
            : BoxCoding.Offsets;
    }

    private static string Word(BoxCoding coding) =>
        coding switch
        {
            BoxCoding.Corners => "corners",
            BoxCoding.Centre => "centres and sizes",
            _ => "offsets from anchors that the file does not hold, compared anchor by anchor,",
        };

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
