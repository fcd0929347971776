using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Detectors with an output of boxes and one of scores, which have a row for each anchor; or with such outputs for each
/// resolution.</summary>
internal static class AnchorRecognition
{
    /// <summary>Fewer rows are no anchors.</summary>
    private const int FewestAnchors = 16;

    /// <summary>A few boxes of any head are beyond what its form promises.</summary>
    private const double NearlyAll = 0.98;

    /// <summary>What boxes are shows where there are objects: elsewhere nothing has taught the network what to say.</summary>
    private const int SurestAnchors = 16;

    /// <summary>No logarithm of a size: its object would be a thousand cells wide.</summary>
    private const float LargestLogarithm = 7;

    public static Recognized? Find(TaskEvidence evidence) => InLevels(evidence) ?? InTwoOutputs(evidence);

    /// <summary>Four coordinates and the scores of as many anchors, in two outputs.</summary>
    private static Recognized? InTwoOutputs(TaskEvidence evidence)
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
                return BoxesRecognition.Of(
                    new AnchorHead([new AnchorLevel(boxes.Name, scores.Name)], coding, hasBackground: sumsToOne),
                    evidence,
                    $"{boxes.Text}, {scores.Text}: {Word(coding)} and {(sumsToOne ? "background and " : "")}{Scores(objects)} of "
                        + $"{anchors} anchors"
                );
            }
        }
        return null;
    }

    /// <summary>The same outputs again for each resolution, which has anchors of another number: BlazeFace, SCRFD, YuNet.</summary>
    private static Recognized? InLevels(TaskEvidence evidence)
    {
        IGrouping<long, SeenOutput>[] resolutions = [.. evidence.Outputs.GroupBy(RowsOf)];
        if (
            resolutions.Length < 2
            || resolutions.Any(outputs => outputs.Key == 0)
            || resolutions.Max(outputs => outputs.Key) < FewestAnchors
        )
        {
            return null;
        }
        AnchorLevel?[] levels = [.. resolutions.Select(outputs => LevelOf([.. outputs]))];
        if (levels.Any(level => level is null) || resolutions.DistinctBy(WidthsOf).Count() > 1)
            return null;
        SeenOutput Named(string name) => evidence.Outputs.First(output => output.Name == name);
        SeenOutput[] scores = [.. levels.SelectMany(level => level!.Outputs.Skip(1)).Select(Named)];
        bool areLogits = !scores.All(output => output.IsWithin(0, 1.001));
        BoxCoding coding = AnchoredCodingOf(SurestBoxes([.. levels.Select(level => (Named(level!.Boxes), Named(level.Scores)))]));
        return BoxesRecognition.Of(
            new AnchorHead([.. levels.Select(level => level!)], coding, hasBackground: false, areLogits),
            evidence,
            $"{string.Join(", ", evidence.Outputs.Select(output => output.Text))}: {Word(coding)} and {Scores(scores[0].Shape[^1])} of "
                + $"{string.Join(" and ", resolutions.Select(outputs => outputs.Key))} anchors"
        );
    }

    /// <summary>Rows of numbers; 0 where the output holds none.</summary>
    private static long RowsOf(SeenOutput output) =>
        output.HoldsFractions && output.Shape is [1, _, > 0] or [_, > 0] ? output.Shape[^2] : 0;

    private static string WidthsOf(IEnumerable<SeenOutput> outputs) => string.Join(' ', outputs.Select(output => output.Shape[^1]).Order());

    /// <summary>Boxes are four numbers, or begin the rows of the wider of two outputs, before the points of a face; scores are what has
    /// one number, of two such outputs one is objectness, or else what is left.</summary>
    private static AnchorLevel? LevelOf(SeenOutput[] outputs)
    {
        SeenOutput[] ones = [.. outputs.Where(output => output.Shape[^1] == 1)],
            fours = [.. outputs.Where(output => output.Shape[^1] == 4)],
            others = [.. outputs.Except(ones).Except(fours)];
        return (ones, fours, others) switch
        {
            ([var score], [var boxes], _) => new AnchorLevel(boxes.Name, score.Name),
            ([var score, var objectness], [var boxes], _) => new AnchorLevel(boxes.Name, score.Name, objectness.Name),
            ([var score], [], [var boxes]) when boxes.Shape[^1] > 4 => new AnchorLevel(boxes.Name, score.Name),
            ([], [var boxes], [var scores]) => new AnchorLevel(boxes.Name, scores.Name),
            _ => null,
        };
    }

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

    private static BoxCoding AnchoredCodingOf(float[][] boxes)
    {
        bool areSizes = boxes.All(box => box[2] > 0 && box[3] > 0);
        return areSizes && boxes.All(box => box[0] >= 0 && box[1] >= 0) ? BoxCoding.AnchoredDistances
            : areSizes && boxes.Any(box => box[2] > LargestLogarithm || box[3] > LargestLogarithm) ? BoxCoding.AnchoredSizes
            : BoxCoding.AnchoredLogarithms;
    }

    private static BoxCoding CodingOf(float[] boxes)
    {
        float[][] all = [.. boxes.Chunk(4)];
        bool Hold(Func<float[], bool> test) => all.Count(test) >= NearlyAll * all.Length;
        return Hold(box => box[2] > box[0] && box[3] > box[1]) ? BoxCoding.Corners
            : Hold(box => box[2] > 0 && box[3] > 0) ? BoxCoding.Centre
            : BoxCoding.Offsets;
    }

    private static string Scores(long classes) => classes == 1 ? "1 score" : $"{classes} scores";

    private static string Word(BoxCoding coding) =>
        coding switch
        {
            BoxCoding.Corners => "corners",
            BoxCoding.Centre => "centres and sizes",
            _ => "offsets from anchors that the file does not hold, compared anchor by anchor,",
        };
}
