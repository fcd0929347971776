using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>YOLO without its last layers: a map for each resolution, with all numbers of its boxes.</summary>
internal static class GridRecognition
{
    private const int Coordinates = 4;

    /// <summary>Boxes for each cell of YOLOv3 to v7.</summary>
    private const int Anchors = 3;

    /// <summary>YOLOv8 and its kin have one, with a distribution of as many steps for each of four distances.</summary>
    private const int Distributed = 4 * 16;

    private static readonly int[] Strides = [4, 8, 16, 32, 64];

    public static Recognized? Find(TaskEvidence evidence)
    {
        IReadOnlyList<SeenOutput> maps = evidence.Outputs;
        if (maps.Count is < 2 or > 4 || maps.Any(map => !map.HoldsFractions || map.Shape is not ([1, _, _, _] or [1, Anchors, _, _, _])))
            return null;
        bool areSplit = maps[0].Shape.Count == 5;
        if (maps.DistinctBy(map => areSplit ? map.Shape[^1] : map.Shape[1]).Count() > 1)
            return null;
        // Each of a stride of its own, so that maps of pixels are none.
        bool areInSteps =
            evidence.Picture is not { } picture
            || maps.Select(map => StrideOf(map, picture)).Distinct().Count(stride => stride > 0) == maps.Count;
        if (!areInSteps)
            return null;
        if ((Anchored(maps) ?? WithDistributions(maps)) is { } head)
            return BoxesRecognition.Of(head, evidence, Text(maps, head));
        // Many objects in the first picture: an axis of three boxes tells enough for who says that they are boxes.
        return areSplit && Anchored(maps, areMany: true) is { } crowded
            ? BoxesRecognition.Of(crowded, evidence, Text(maps, crowded), isSure: evidence.IsAsked)
            : null;
    }

    private static int StrideOf(SeenOutput map, SeenPicture picture) =>
        Array.Find(Strides, stride => map.Shape[2] * stride == picture.Height && map.Shape[3] * stride == picture.Width);

    /// <summary>Null where objectness finds objects in too many places.</summary>
    /// <param name="areMany">They may be.</param>
    private static GridHead? Anchored(IReadOnlyList<SeenOutput> maps, bool areMany = false)
    {
        if (maps[0].Shape is [1, var channels, _, _] && channels % Anchors != 0)
            return null;
        BoxColumns columns = BoxColumns.Of(maps, Anchors);
        if (columns.Width <= Coordinates || columns.From(Coordinates, 1) is not { } objectness)
            return null;
        if (!areMany && !ScoreRecognition.AreSparse(objectness))
            return null;
        return new GridHead(
            [.. maps.Select(map => map.Name)],
            Anchors,
            Coordinates,
            columns.Width - Coordinates - 1,
            hasObjectness: true,
            ScoreRecognition.AreShares(columns.From(0, Coordinates)) ? BoxCoding.AnchoredShares : BoxCoding.AnchoredLogits,
            areLogits: !ScoreRecognition.AreShares(objectness)
        );
    }

    /// <summary>Null where scores find objects in too many places.</summary>
    private static GridHead? WithDistributions(IReadOnlyList<SeenOutput> maps)
    {
        BoxColumns columns = BoxColumns.Of(maps, anchors: 1);
        int classes = columns.Width - Distributed;
        if (maps[0].Shape.Count != 4 || classes <= 0 || columns.From(Distributed, classes) is not { } scores)
            return null;
        return ScoreRecognition.AreSparse(scores) && !ScoreRecognition.AreSparse(columns.From(0, Distributed))
            ? new GridHead(
                [.. maps.Select(map => map.Name)],
                anchors: 1,
                Distributed,
                classes,
                hasObjectness: false,
                BoxCoding.AnchoredDistributions,
                areLogits: !ScoreRecognition.AreShares(scores)
            )
            : null;
    }

    private static string Text(IReadOnlyList<SeenOutput> maps, GridHead head) =>
        $"{string.Join(", ", maps.Select(map => map.Text))}: {head.Anchors} {(head.Anchors == 1 ? "box" : "boxes")} a cell, not decoded, with "
        + $"{(head.HasObjectness ? "objectness and " : "")}{AnchorRecognition.Scores(head.Classes)}";

    /// <summary>The numbers of all boxes of all maps.</summary>
    private sealed record BoxColumns(IReadOnlyList<float[]> Rows, int Width)
    {
        public static BoxColumns Of(IReadOnlyList<SeenOutput> maps, int anchors)
        {
            (float[] Values, int Width)[] levels = [.. maps.Select(map => GridHead.RowsOf(new HeadOutput(map.Shape, map.Values), anchors))];
            return new BoxColumns([.. levels.SelectMany(level => level.Values.Chunk(level.Width))], levels[0].Width);
        }

        public float[] From(int first, int count) => [.. Rows.SelectMany(row => row.AsSpan(first, count).ToArray())];
    }
}
