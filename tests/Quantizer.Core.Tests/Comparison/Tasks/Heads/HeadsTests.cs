using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Core.Tests.Comparison.Tasks.Judges;

namespace Quantizer.Core.Tests.Comparison.Tasks.Heads;

public class HeadsTests
{
    [Fact]
    public void Overlap_is_intersection_over_union()
    {
        Detection one = Box(0, 0, 2, 2);

        Assert.Equal(1.0 / 7, one.OverlapWith(Box(1, 1, 3, 3)), 1e-12);
        Assert.Equal(0, one.OverlapWith(Box(2, 0, 4, 2)));
        Assert.Equal(1, one.OverlapWith(one));
    }

    [Fact]
    public void A_box_that_overlaps_a_better_one_of_its_class_by_half_is_left_out()
    {
        Detection best = Box(0, 0, 4, 3) with { Score = 0.9 },
            half = Box(0, 0, 4, 1.5) with { Score = 0.8 },
            less = Box(0, 0, 4, 1.4) with { Score = 0.7 },
            other = half with { Label = 1 };

        Assert.Equal([best, other, less], DetectionMatching.Suppress([less, half, other, best], 0.5));
    }

    [Fact]
    public void Each_object_is_matched_once_with_the_one_that_overlaps_most()
    {
        Detection[] found = [Box(0, 0, 4, 4), Box(0, 0, 4, 3)];

        Assert.Equal(1, DetectionMatching.Matched(found, [Box(0, 0, 4, 4)]));
        Assert.Equal(2, DetectionMatching.Matched(found, [Box(0, 0, 4, 4), Box(0, 0, 4, 3.5)]));
        Assert.Equal(0, DetectionMatching.Matched(found, [Box(0, 0, 4, 4) with { Label = 1 }]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void YOLO_gives_centres_and_sizes_and_the_best_class(bool isCellLast)
    {
        // Two cells, two classes: the first says 0.6 for the second class, the other nothing.
        float[] rows = isCellLast ? [10, 0, 20, 0, 4, 0, 6, 0, 0.2f, 0.1f, 0.6f, 0.2f] : [10, 20, 4, 6, 0.2f, 0.6f, 0, 0, 0, 0, 0.1f, 0.2f];
        HeadOutput output = new(isCellLast ? [1, 6, 2] : [1, 2, 6], rows);

        Detection found = Assert.Single(new YoloHead("y", isCellLast, hasObjectness: false).Decode(Of(output), 0.3));

        Assert.Equal((8.0, 17.0, 12.0, 23.0, 1), (found.X1, found.Y1, found.X2, found.Y2, found.Label));
        Assert.Equal(0.6, found.Score, 1e-6);
    }

    [Fact]
    public void Objectness_multiplies_the_scores()
    {
        HeadOutput output = new([1, 2, 6], [10, 20, 4, 6, 0.5f, 0.8f, 50, 20, 4, 6, 0.5f, 0.5f]);

        Assert.Equal(0.4, Assert.Single(new YoloHead("y", isCellLast: false, hasObjectness: true).Decode(Of(output), 0.3)).Score, 1e-6);
    }

    [Fact]
    public void Anchors_without_places_are_compared_each_with_itself()
    {
        AnchorHead head = new([new("b", "s")], BoxCoding.Offsets, new AnchorScores(BackgroundClass.First));
        Dictionary<string, HeadOutput> outputs = new()
        {
            ["b"] = new([1, 2, 4], new float[8]),
            ["s"] = new([1, 2, 2], [0.1f, 0.9f, 0.2f, 0.8f]),
        };

        IReadOnlyList<Detection> found = head.Decode(outputs, 0.3);

        // The same offsets of two anchors are two objects.
        Assert.Equal(2, found.Count);
        Assert.Equal(2, DetectionMatching.Matched(found, found));
        Assert.Equal(1, found[0].X2 - found[0].X1, 1e-9);
    }

    [Fact]
    public void Corners_are_taken_as_they_are_and_the_background_is_no_class()
    {
        AnchorHead head = new([new("b", "s")], BoxCoding.Corners, new AnchorScores(BackgroundClass.First));
        Dictionary<string, HeadOutput> outputs = new()
        {
            ["b"] = new([1, 2, 4], [0, 0, 1, 1, 0, 0, 2, 2]),
            ["s"] = new([1, 2, 3], [0.9f, 0.05f, 0.05f, 0.1f, 0.3f, 0.6f]),
        };

        Assert.Equal(new Detection(0, 0, 2, 2, 0.6f, 1), Assert.Single(head.Decode(outputs, 0.3)));
    }

    [Theory]
    // Centre and size in pixels; logarithms of a size; distances from an anchor.
    [InlineData(nameof(BoxCoding.AnchoredSizes), 1, 2, 8, 6, -3, -1, 5, 5)]
    [InlineData(nameof(BoxCoding.AnchoredLogarithms), 0, 0, 0, 0, -0.5, -0.5, 0.5, 0.5)]
    [InlineData(nameof(BoxCoding.AnchoredDistances), 1, 2, 3, 4, -1, -2, 3, 4)]
    public void Boxes_of_anchors_that_are_not_known_lie_about_these(
        string coding,
        float first,
        float second,
        float third,
        float fourth,
        double left,
        double top,
        double right,
        double bottom
    )
    {
        Detection box = CodedBox.Of(Enum.Parse<BoxCoding>(coding), [first, second, third, fourth], anchor: 0, score: 1, label: 0);

        Assert.Equal(Box(left, top, right, bottom), box with { Score = Box(0, 0, 0, 0).Score });
    }

    [Fact]
    public void Resolutions_count_their_anchors_on_and_logits_become_shares()
    {
        AnchorHead head = new([new("b1", "s1", "o1"), new("b2", "s2", "o2")], BoxCoding.AnchoredSizes, new AnchorScores(AreLogits: true));
        Dictionary<string, HeadOutput> outputs = new()
        {
            // The rows of boxes hold a point, too.
            ["b1"] = new([1, 2, 6], [0, 0, 9, 9, 0, 0, 0, 0, 8, 8, 0, 0]),
            ["s1"] = new([1, 2, 1], [-5, 4]),
            ["o1"] = new([1, 2, 1], [4, 4]),
            ["b2"] = new([1, 1, 6], [0, 0, 8, 8, 0, 0]),
            ["s2"] = new([1, 1, 1], [0]),
            ["o2"] = new([1, 1, 1], [0]),
        };

        IReadOnlyList<Detection> found = head.Decode(outputs, 0.3);

        // Equal boxes of two resolutions are two objects.
        Assert.Equal([1 / (1 + Math.Exp(-4)), 0.5], found.Select(detection => detection.Score));
        Assert.Equal(0, found[0].OverlapWith(found[1]));
    }

    [Fact]
    public void FastestDet_decodes_each_cell_into_parts_of_the_picture()
    {
        // One row of two cells, two classes; the second cell holds an object.
        float[] values = [0.1f, 1f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0.5f, 0.1f, 0.5f, 0.9f];

        Detection found = Assert.Single(new FastestDetHead("y").Decode(Of(new HeadOutput([1, 7, 1, 2], values)), 0.65));

        // Centre (0 + 1) / 2, 0 / 1; sizes sigmoid(0) = 0.5.
        Assert.Equal((0.25, -0.25, 0.75, 0.25, 1), (found.X1, found.Y1, found.X2, found.Y2, found.Label));
        Assert.Equal(Math.Pow(0.9, 0.4), found.Score, 1e-6);
    }

    [Fact]
    public void A_box_without_an_area_is_itself()
    {
        Detection point = new(3, 3, 3, 3, 0.9, 1);

        Assert.Equal(1, point.OverlapWith(point with { Score = 0.8 }));
        Assert.Equal(0, point.OverlapWith(new Detection(2, 2, 4, 4, 0.9, 1)));
    }

    [Fact]
    public void Boxes_of_a_list_may_be_centres_and_sizes()
    {
        Dictionary<string, HeadOutput> outputs = new()
        {
            ["b"] = new([1, 4], [5, 5, 2, 4]),
            ["s"] = new([1], [0.9f]),
            ["l"] = new([1], [7]),
        };

        Assert.Equal(new Detection(4, 3, 6, 7, 0.9f, 7), Assert.Single(new ListHead("b", "s", "l", BoxCoding.Centre).Decode(outputs, 0.3)));
    }

    [Fact]
    public void No_more_than_a_thousand_objects_are_compared() =>
        Assert.Equal(
            1000,
            DetectionMatching.Suppress(Enumerable.Range(0, 3000).Select(at => new Detection(at, 0, at + 0.5, 1, 0.5, 0)), 0.5).Count
        );

    [Fact]
    public void Lists_are_taken_as_they_are_but_for_what_fills_them_up()
    {
        Dictionary<string, HeadOutput> outputs = new()
        {
            ["b"] = new([2, 4], [0, 0, 1, 1, 0, 0, 0, 0]),
            ["s"] = new([2], [0.9f, 0]),
            ["l"] = new([2], [7, 0]),
        };
        ListHead head = new("b", "s", "l");

        Assert.Equal(new Detection(0, 0, 1, 1, 0.9f, 7), Assert.Single(head.Decode(outputs, head.UsualConfidence)));
        Assert.Equal(
            new Detection(1, 2, 3, 4, 0.5f, 6),
            Assert.Single(
                new RowHead("y", 1, score: 6, label: 5).Decode(
                    Of(new HeadOutput([2, 7], [0, 1, 2, 3, 4, 6, 0.5f, 0, 1, 2, 3, 4, 6, 0.1f])),
                    0.3
                )
            )
        );
    }

    [Fact]
    public void Rows_of_class_score_and_corners_are_read_as_far_as_they_count()
    {
        float[] rows = [6, 0.5f, 1, 2, 3, 4, -1, 0.9f, 1, 2, 3, 4, 7, 0.8f, 1, 2, 3, 4];
        Dictionary<string, HeadOutput> outputs = new() { ["y"] = new([3, 6], rows), ["n"] = new([1], [2]) };

        Assert.Equal([new Detection(1, 2, 3, 4, 0.5f, 6)], new RowHead("y", first: 2, score: 1, label: 0, count: "n").Decode(outputs, 0.3));
        Assert.Equal([6, 7], new RowHead("y", first: 2, score: 1, label: 0).Decode(outputs, 0.3).Select(found => found.Label));
    }

    [Fact]
    public void F1_is_between_both_models_and_against_the_right_boxes()
    {
        using Testing.TemporaryFolder folder = new();
        File.WriteAllText(
            folder.File("boxes.jsonl"),
            """
            {"file": "a.png", "box": [0, 0, 4, 4], "label": 0}
            {"file": "a.png", "box": [20, 20, 24, 24], "label": 0}
            {"file": "a.png", "box": [40, 40, 44, 44], "label": 0}
            """
        );
        TaskTruths truths = new() { Boxes = TruthBoxes.Read(folder.File("boxes.jsonl")) };
        float[] Cells(float second) => [2, 22, 2, 22, 4, 4, 4, 4, 0.9f, second];

        JudgedFigures figures = new BoxesTask(new YoloHead("y", isCellLast: true, hasObjectness: false), 0.3, truths).Total(
            Judged.Sample([1, 5, 2], Cells(0.8f), Cells(0.2f))
        );

        // FP32 finds two of three, INT8 one.
        Assert.Equal(2.0 / 3, figures.Headline.Between!.Value, 1e-12);
        Assert.Equal(4.0 / 5, figures.Truth("F1 against the right boxes").Item1!.Value, 1e-12);
        Assert.Equal(2.0 / 4, figures.Truth("F1 against the right boxes").Item2!.Value, 1e-12);
        Assert.Equal((2, 1), figures.Truth("Objects found"));
    }

    [Fact]
    public void A_part_is_cut_out_of_any_axis()
    {
        float[] values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

        Assert.Equal([4, 5, 6, 7], new OutputPart("p", 1, 1, 1).Of<float>(values, [1, 3, 4]));
        Assert.Equal([1, 2, 5, 6, 9, 10], new OutputPart("p", 2, 1, 2).Of<float>(values, [1, 3, 4]));
    }

    private static Detection Box(double x1, double y1, double x2, double y2) => new(x1, y1, x2, y2, 0.5, 0);

    private static Dictionary<string, HeadOutput> Of(HeadOutput output) => new() { ["y"] = output };
}
