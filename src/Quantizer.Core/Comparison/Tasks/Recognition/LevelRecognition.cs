using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors with outputs of boxes and scores for each resolution, which has anchors of another number: BlazeFace, SCRFD, YuNet;
/// and with maps of them, as FCOS and YOLO without their last layers have.</summary>
internal static class LevelRecognition
{
    /// <summary>What boxes are shows where there are objects: elsewhere nothing has taught the network what to say.</summary>
    private const int SurestAnchors = 16;

    /// <summary>No logarithm of a size: its object would be a thousand cells wide.</summary>
    private const float LargestLogarithm = 7;

    /// <summary>Four distances, of as many steps or more each.</summary>
    public const int FewestSteps = 8;

    public static Recognized? Find(TaskEvidence evidence)
    {
        bool areMaps = evidence.Outputs.All(output => output.HoldsFractions && output.Shape is [1, _, _, _]);
        SeenOutput[] outputs = [.. areMaps ? evidence.Outputs.Select(InRows) : evidence.Outputs];
        IGrouping<long, SeenOutput>[] resolutions = [.. outputs.GroupBy(RowsOf)];
        if (
            (resolutions.Length < 2 && !ArePointed(outputs))
            || resolutions.Any(ofOne => ofOne.Key == 0)
            || resolutions.Max(ofOne => ofOne.Key) < AnchorRecognition.FewestAnchors
        )
        {
            return null;
        }
        AnchorLevel?[] levels = [.. resolutions.Select(ofOne => LevelOf([.. ofOne]))];
        if (levels.Any(level => level is null) || resolutions.DistinctBy(WidthsOf).Count() > 1)
            return null;
        SeenOutput Named(string name) => outputs.First(output => output.Name == name);
        SeenOutput[] scores = [.. levels.SelectMany(level => level!.Outputs.Skip(1)).Select(Named)];
        // Maps are seldom those of a detector.
        if (areMaps && !levels.All(level => ScoreRecognition.AreSparse(Named(level!.Scores).Values)))
            return null;
        bool areLogits = !scores.All(output => ScoreRecognition.AreShares(output.Values));
        BoxCoding coding = AnchoredCodingOf(SurestBoxes([.. levels.Select(level => (Named(level!.Boxes), Named(level.Scores)))]), areMaps);
        return BoxesRecognition.Of(
            new AnchorHead([.. levels.Select(level => level!)], coding, new AnchorScores(AreLogits: areLogits)),
            evidence,
            $"{string.Join(", ", evidence.Outputs.Select(output => output.Text))}: {AnchorRecognition.Word(coding)} and "
                + $"{AnchorRecognition.Scores(scores[0].Shape[^1])} of {string.Join(" and ", resolutions.Select(ofOne => ofOne.Key))} anchors"
        );
    }

    /// <summary>Of one resolution, or all joined, only boxes that points follow (the joints of a hand) tell themselves from other rows of
    /// numbers.</summary>
    private static bool ArePointed(SeenOutput[] outputs) =>
        outputs is [var one, var other] && (IsPointed(one, other) || IsPointed(other, one));

    private static bool IsPointed(SeenOutput boxes, SeenOutput scores) =>
        scores.Shape is [1, _, 1]
        && boxes.Shape is [1, _, > 4 and var width]
        && (width - 4) % 2 == 0
        && boxes.Shape[1] == scores.Shape[1]
        && ScoreRecognition.AreSparse(scores.Values);

    private static SeenOutput InRows(SeenOutput map)
    {
        (float[] values, int width) = new HeadOutput(map.Shape, map.Values).Rows();
        return map with { Shape = [1, map.Shape[2] * map.Shape[3], width], Values = values };
    }

    /// <summary>Rows of numbers; 0 where the output holds none.</summary>
    private static long RowsOf(SeenOutput output) =>
        output.HoldsFractions && output.Shape is [1, _, > 0] or [_, > 0] ? output.Shape[^2] : 0;

    private static string WidthsOf(IEnumerable<SeenOutput> outputs) => string.Join(' ', outputs.Select(output => output.Shape[^1]).Order());

    /// <summary>Boxes are four numbers, or four distributions, or begin the rows of the wider of two outputs, before the points of a face;
    /// scores are what finds objects in few places, or else what has one number; of two such outputs one is objectness.</summary>
    private static AnchorLevel? LevelOf(SeenOutput[] outputs)
    {
        SeenOutput[] ones = [.. outputs.Where(output => output.Shape[^1] == 1)],
            fours = [.. outputs.Where(output => output.Shape[^1] == 4)],
            others = [.. outputs.Except(ones).Except(fours)];
        return (ones, fours, others) switch
        {
            ([var centre], [var boxes], [var scores]) when ScoreRecognition.AreSparse(scores.Values) => new(
                boxes.Name,
                scores.Name,
                centre.Name
            ),
            ([var score], [var boxes], _) => new(boxes.Name, score.Name),
            ([var score, var objectness], [var boxes], _) => new(boxes.Name, score.Name, objectness.Name),
            ([var score], [], [var boxes]) when boxes.Shape[^1] > 4 => new(boxes.Name, score.Name),
            ([], [var boxes], [var scores]) => new(boxes.Name, scores.Name),
            (_, [], [var one, var other]) => Distributed(one, other) ?? Distributed(other, one),
            _ => null,
        };
    }

    private static AnchorLevel? Distributed(SeenOutput boxes, SeenOutput scores) =>
        boxes.Shape[^1] % 4 == 0
        && boxes.Shape[^1] >= 4 * FewestSteps
        && ScoreRecognition.AreSparse(scores.Values)
        && !ScoreRecognition.AreSparse(boxes.Values)
            ? new AnchorLevel(boxes.Name, scores.Name)
            : null;

    /// <summary>Of the anchors of all resolutions.</summary>
    private static float[][] SurestBoxes((SeenOutput Boxes, SeenOutput Scores)[] levels) =>
        [
            .. levels
                .SelectMany(level =>
                    level
                        .Boxes.Values.Chunk((int)level.Boxes.Shape[^1])
                        .Zip(level.Scores.Values.Chunk((int)level.Scores.Shape[^1]), (box, scores) => (Box: box, Score: scores.Max()))
                )
                .OrderByDescending(anchor => anchor.Score)
                .Take(SurestAnchors)
                .Select(anchor => anchor.Box),
        ];

    private static BoxCoding AnchoredCodingOf(float[][] boxes, bool areMaps)
    {
        if (areMaps && boxes[0].Length >= 4 * FewestSteps)
            return BoxCoding.AnchoredDistributions;
        bool areSizes = boxes.All(box => box[2] > 0 && box[3] > 0);
        return areSizes && boxes.All(box => box[0] >= 0 && box[1] >= 0) ? BoxCoding.AnchoredDistances
            : areSizes && boxes.Any(box => box[2] > LargestLogarithm || box[3] > LargestLogarithm) ? BoxCoding.AnchoredSizes
            : BoxCoding.AnchoredLogarithms;
    }
}
