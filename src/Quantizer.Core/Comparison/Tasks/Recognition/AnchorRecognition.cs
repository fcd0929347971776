using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors with an output of boxes and one of scores, which have a row for each anchor.</summary>
internal static class AnchorRecognition
{
    /// <summary>Fewer rows are no anchors.</summary>
    public const int FewestAnchors = 16;

    /// <summary>A few boxes of any head are beyond what its form promises.</summary>
    private const double NearlyAll = 0.98;

    public static Recognized? Find(TaskEvidence evidence)
    {
        // With four classes both have the same shape: names tell, where they do.
        IEnumerable<SeenOutput> candidates = evidence
            .Outputs.Where(output => output.Shape is [1, >= 2 and var rows, 4] && MayBeBoxes(output, rows))
            .OrderBy(output => output.NamesScores);
        foreach (SeenOutput boxes in candidates)
        {
            foreach (SeenOutput scores in evidence.Outputs.Where(output => output != boxes && output.HoldsFractions && !output.NamesBoxes))
            {
                if (
                    scores.Shape is not [1, var anchors, var classes]
                    || anchors != boxes.Shape[1]
                    || KindOf(scores.Values, (int)classes, areQueries: anchors < FewestAnchors) is not { } kind
                )
                {
                    continue;
                }
                BoxCoding coding = CodingOf(boxes.Values);
                long objects = classes - (kind.Background is null ? 0 : 1);
                return BoxesRecognition.Of(
                    new AnchorHead([new AnchorLevel(boxes.Name, scores.Name)], coding, kind),
                    evidence,
                    $"{boxes.Text}, {scores.Text}: {Word(coding)} and {(kind.Background is null ? "" : "background and ")}{Scores(objects)} of "
                        + $"{anchors} anchors"
                );
            }
        }
        return null;
    }

    /// <summary>Of a small set of queries half may be objects; DETR's scores have none of them last, as often the best.</summary>
    private static AnchorScores? KindOf(float[] scores, int classes, bool areQueries) =>
        ScoreRecognition.Of(scores, classes)
        ?? (
            areQueries && new ClassGrid(classes, IsClassFirst: false).TopsOf(scores).Contains(classes - 1)
                ? new AnchorScores(BackgroundClass.Last, AreLogits: true)
                : null
        );

    /// <summary>A small set of queries is told by its name alone.</summary>
    private static bool MayBeBoxes(SeenOutput output, long rows) => output.HoldsFractions && (rows >= FewestAnchors || output.NamesBoxes);

    public static BoxCoding CodingOf(float[] boxes)
    {
        float[][] all = [.. boxes.Chunk(4)];
        bool Hold(Func<float[], bool> test) => all.Count(test) >= NearlyAll * all.Length;
        return Hold(box => box[2] > box[0] && box[3] > box[1]) ? BoxCoding.Corners
            : Hold(box => box[2] > 0 && box[3] > 0) ? BoxCoding.Centre
            : BoxCoding.Offsets;
    }

    public static string Scores(long classes) => classes == 1 ? "1 score" : $"{classes} scores";

    public static string Word(BoxCoding coding) =>
        coding switch
        {
            BoxCoding.Corners => "corners",
            BoxCoding.Centre => "centres and sizes",
            _ => "offsets from anchors that the file does not hold, compared anchor by anchor,",
        };
}
