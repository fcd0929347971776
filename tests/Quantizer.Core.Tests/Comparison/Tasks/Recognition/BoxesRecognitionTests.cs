using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class BoxesRecognitionTests
{
    private static readonly SeenInput Rgb = Picture(3, 64, 64);

    [Fact]
    public void YOLO_has_as_many_cells_as_grids_over_the_picture()
    {
        // 8x8 + 4x4 + 2x2 cells.
        FoundTask found = Find(Output("y", "Concat", [1, 6, 84], index => index < 4 * 84 ? 10 : 0.1f));

        Assert.Equal((TaskKind.Boxes, "y [1,6,84]: 4 coordinates and 2 scores of 84 cells"), (found.Kind, found.Why));
        Assert.Equal([new OutputPart("boxes", 1, 0, 4), new OutputPart("scores", 1, 4, 2)], found.Task.PartsOf("y", [1, 6, 84]));
        Assert.Equal(TaskKind.Values, Find(Output("y", "Concat", [1, 6, 83], index => index < 4 * 83 ? 10 : 0.1f)).Kind);
        Assert.Equal(TaskKind.Values, Find(Output("y", "Concat", [1, 6, 84], index => index < 4 * 84 ? 10 : 1.1f)).Kind);
    }

    [Theory]
    [InlineData("pred_boxes", 8, TaskKind.Boxes)]
    [InlineData("y", 8, TaskKind.Values)]
    public void A_few_queries_are_told_by_the_name_of_their_boxes(string name, int queries, TaskKind kind)
    {
        SeenOutput logits = Output("logits", "Gemm", [1, queries, 11], index => index % 11 == 10 && index / 11 % 2 == 0 ? 6 : Noise(index)),
            boxes = Output(name, "Sigmoid", [1, queries, 4], index => 0.3f + (index % 5 * 0.05f));

        FoundTask found = TaskFinder.Find(Of(Rgb, logits, boxes), asked: null);

        Assert.Equal(kind == TaskKind.Boxes, found.Kind == TaskKind.Boxes);
        if (kind == TaskKind.Boxes)
            Assert.StartsWith($"{name} [1,{queries},4], logits [1,{queries},11]: ", found.Why, StringComparison.Ordinal);
    }

    [Theory]
    // Three boxes a cell are always with objectness; one box a cell where classes are sure though there is no object.
    [InlineData(252, 0.5f, 0.0f, "y [1,252,7]: 4 coordinates, objectness and 2 scores of 252 cells")]
    [InlineData(84, 0.001f, 0.6f, "y [1,84,7]: 4 coordinates, objectness and 2 scores of 84 cells")]
    [InlineData(84, 0.001f, 0.001f, "y [1,84,7]: 4 coordinates and 3 scores of 84 cells")]
    public void Objectness_is_told_from_scores(int cells, float fifth, float others, string why) =>
        Assert.Equal(
            why,
            Find(
                Output(
                    "y",
                    "Concat",
                    [1, cells, 7],
                    index =>
                        (index % 7) switch
                        {
                            < 4 => 10,
                            4 => fifth,
                            _ => others,
                        }
                )
            ).Why
        );

    [Fact]
    public void Anchors_have_boxes_and_scores_in_two_outputs()
    {
        SeenOutput scores = Output("scores", "Softmax", [1, 20, 2], _ => 0.5f);
        SeenOutput Boxes(Func<int, float> value) => Output("boxes", "Concat", [1, 20, 4], value);

        Assert.Equal(
            "boxes [1,20,4], scores [1,20,2]: corners and background and 1 score of 20 anchors",
            Find(scores, Boxes(index => index % 4 < 2 ? 0.1f : 0.3f)).Why
        );
        Assert.Equal(
            "boxes [1,20,4], scores [1,20,2]: centres and sizes and background and 1 score of 20 anchors",
            Find(scores, Boxes(index => index % 4 < 2 ? 0.7f : 0.3f)).Why
        );
        Assert.Contains("offsets from anchors that the file does not hold", Find(scores, Boxes(Noise)).Why);
        Assert.Equal(TaskKind.Values, Find(Boxes(Noise), Output("y", "Concat", [1, 20, 2], Noise)).Kind);
    }

    [Theory]
    [InlineData(24, 0)]
    [InlineData(91, 0)]
    [InlineData(91, 90)]
    public void A_background_that_every_anchor_sees_is_no_object_however_many_classes_stand_beside_it(int classes, int background)
    {
        SeenOutput boxes = Output("boxes", "Concat", [1, 40, 4], Noise);
        SeenOutput scores = Output("scores", "Concat", [1, 40, classes], index => index % classes == background ? 5 : -5);

        Assert.Equal(
            $"boxes [1,40,4], scores [1,40,{classes}]: offsets from anchors that the file does not hold, compared anchor by anchor, and "
                + $"background and {classes - 1} scores of 40 anchors",
            Find(boxes, scores).Why
        );
    }

    [Fact]
    public void Logits_of_their_own_may_have_one_that_is_the_least_unlikely_everywhere()
    {
        SeenOutput boxes = Output("boxes", "Concat", [1, 40, 4], Noise);
        SeenOutput scores = Output("scores", "Concat", [1, 40, 24], index => index % 24 == 0 ? -2 : -5);

        Assert.EndsWith("and 24 scores of 40 anchors", Find(boxes, scores).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_tell_boxes_from_scores_of_as_many_classes()
    {
        SeenOutput logits = Output("logits", "Gemm", [1, 20, 4], index => index % 4 == 3 ? 5 : -5);
        SeenOutput boxes = Output("pred_boxes", "Sigmoid", [1, 20, 4], index => index % 4 < 2 ? 0.7f : 0.3f);

        Assert.Equal(
            "pred_boxes [1,20,4], logits [1,20,4]: centres and sizes and background and 3 scores of 20 anchors",
            Find(logits, boxes).Why
        );
    }

    [Fact]
    public void YOLO_that_leaves_decoding_to_its_reader_is_compared_cell_by_cell()
    {
        // YOLOX: centres as offsets from cells, logarithms of sizes, objectness, one class.
        float[] row = [-0.4f, 1.3f, -0.2f, 1.9f, 0.001f, 0.4f];
        SeenOutput Raw(int cells) => Output("y", "Transpose", [1, cells, 6], index => row[index % 6]);

        FoundTask found = Find(Raw(84));

        Assert.Equal("y [1,84,6]: 4 coordinates from each cell, not decoded, objectness and 1 score of 84 cells", found.Why);
        Assert.Equal(TaskKind.Values, Find(Raw(83)).Kind);
    }

    [Fact]
    public void Resolutions_with_outputs_of_their_own_have_the_same_ones()
    {
        // BlazeFace: logits, and boxes of pixels before the points of a face.
        float[] face = [-3, 2, 40, 41, 5, 6, 7, 8];
        SeenOutput Scores(string name, int anchors) => Output(name, "Transpose", [1, anchors, 1], index => index - 9);
        SeenOutput Boxes(string name, int anchors) => Output(name, "Transpose", [1, anchors, 8], index => face[index % 8]);

        FoundTask found = Find(Scores("a", 32), Scores("b", 24), Boxes("c", 32), Boxes("d", 24));

        Assert.Equal(TaskKind.Boxes, found.Kind);
        Assert.Equal(["c", "a", "d", "b"], found.Task.Outputs);
        Assert.EndsWith(
            "offsets from anchors that the file does not hold, compared anchor by anchor, and 1 score of 32 and 24 anchors",
            found.Why,
            StringComparison.Ordinal
        );
        Assert.Equal(TaskKind.Values, Find(Scores("a", 32), Scores("b", 24), Boxes("c", 32)).Kind);
        Assert.Equal(TaskKind.Values, Find(Output("a", "Slice", [1, 32, 0], _ => 0), Scores("b", 24), Boxes("d", 24)).Kind);
        Assert.Equal(TaskKind.Values, Find(Scores("a", 32), Boxes("c", 32), Boxes("e", 32), Scores("b", 24), Boxes("d", 24)).Kind);
    }

    [Fact]
    public void Anchors_of_all_resolutions_in_two_outputs_are_told_by_the_points_behind_their_boxes()
    {
        // A face's boxes and two points of it; one anchor sees it.
        SeenOutput Scores(float most) => Output("scores", "Concat", [1, 56, 1], index => index == 40 ? most : -most);
        SeenOutput Boxes(int width) => Output("boxes", "Concat", [1, 56, width], index => index % width is 2 or 3 ? 40 : -3);

        FoundTask found = Find(Boxes(8), Scores(5));

        Assert.Equal(TaskKind.Boxes, found.Kind);
        Assert.Equal(["boxes", "scores"], found.Task.Outputs);
        Assert.EndsWith("and 1 score of 56 anchors", found.Why, StringComparison.Ordinal);
        // No pairs behind four numbers, and scores that find something everywhere.
        Assert.Equal(TaskKind.Values, Find(Boxes(9), Scores(5)).Kind);
        Assert.Equal(TaskKind.Values, Find(Boxes(8), Scores(-5)).Kind);
    }

    [Fact]
    public void Objectness_of_a_resolution_is_a_second_output_of_one_number()
    {
        // YuNet.
        SeenOutput Of(string name, int anchors, int width, float value) => Output(name, "Reshape", [1, anchors, width], _ => value);

        FoundTask found = Find(
            Of("cls_8", 64, 1, 0.9f),
            Of("cls_16", 16, 1, 0.9f),
            Of("obj_8", 64, 1, 0.8f),
            Of("obj_16", 16, 1, 0.8f),
            Of("bbox_8", 64, 4, -0.5f),
            Of("bbox_16", 16, 4, -0.5f)
        );

        Assert.Equal(["bbox_8", "cls_8", "obj_8", "bbox_16", "cls_16", "obj_16"], found.Task.Outputs);
    }

    [Fact]
    public void Lists_of_detections_have_whole_numbers_as_labels()
    {
        SeenOutput boxes = Output("boxes", "Gather", [3, 4], index => index),
            scores = Output("scores", "Gather", [3], _ => 0.9f);

        FoundTask found = Find(boxes, Output("labels", "Gather", [3], index => index, ElementType.Int64), scores);
        Assert.Equal("boxes [3,4], scores [3], labels [3]: boxes, scores and labels of detections", found.Why);
        Assert.Equal(["boxes", "scores", "labels"], found.Task.Outputs);
        Assert.Equal(TaskKind.Values, Find(boxes, scores, Output("y", "Gather", [3], _ => 0.5f)).Kind);
    }

    [Fact]
    public void Rows_of_detections_have_a_score_and_a_class()
    {
        float Row(int index) => new float[] { 1, 2, 5, 6, 0.5f, 3 }[index % 6];

        Assert.Equal("y [1,9,6]: a row of corners, score and class a detection", Find(Output("y", "TopK", [1, 9, 6], Row)).Why);
        Assert.Equal(TaskKind.Values, Find(Output("y", "TopK", [1, 9, 6], Noise)).Kind);
    }

    [Fact]
    public void FastestDet_has_objectness_first_and_a_softmax_behind()
    {
        FoundTask found = Find(
            Output(
                "y",
                "Concat",
                [1, 9, 4, 4],
                index =>
                    index < 16 ? 0.3f
                    : index < 80 ? -1.5f
                    : 0.25f
            )
        );

        Assert.Equal("y [1,9,4,4]: objectness, 4 coordinates and 4 scores of 4x4 cells", found.Why);
        Assert.Equal(["objectness", "boxes", "scores"], found.Task.PartsOf("y", [1, 9, 4, 4]).Select(part => part.Name));
    }

    private static FoundTask Find(params SeenOutput[] outputs) => TaskFinder.Find(Of(Rgb, outputs), asked: null);
}
