using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

/// <summary>Detectors whose last layers were cut off, or that say more than boxes.</summary>
public class UndecodedBoxesTests
{
    private static readonly SeenInput Rgb = Picture(3, 64, 64);

    [Fact]
    public void YOLO_may_say_more_of_each_object_than_its_class()
    {
        // A person, and two points with how well they are seen.
        float[] pose = [10, 10, 5, 5, 0.4f, 31, 12, 0.9f, 40, 50, 0.8f];
        FoundTask found = Find(Output("y", "Concat", [1, 11, 84], index => pose[index / 84]));

        Assert.Equal("y [1,11,84]: 4 coordinates and 1 score of 84 cells, before 6 other numbers", found.Why);
        Assert.Equal(["boxes", "scores", "others"], found.Task.PartsOf("y", [1, 11, 84]).Select(part => part.Name));
        // Without grids over the picture it is anything.
        Assert.Equal(TaskKind.Values, Find(Output("y", "Concat", [1, 11, 83], index => pose[index / 83])).Kind);
    }

    [Fact]
    public void Coefficients_of_masks_are_as_many_as_the_masks()
    {
        // The first coefficient is a share by chance.
        float[] rows = [10, 10, 5, 5, 0.1f, 0.7f, 0.5f, -0.5f];
        SeenOutput cells = Output("y", "Concat", [1, 8, 84], index => rows[index / 84]),
            masks = Output("masks", "Mul", [1, 2, 16, 16], Noise);

        Assert.Equal("y [1,8,84]: 4 coordinates and 2 scores of 84 cells, before 2 other numbers", Find(cells, masks).Why);
    }

    [Theory]
    [InlineData("last", "background and 2 scores")]
    [InlineData("first", "background and 2 scores")]
    [InlineData("sigmoids", "3 scores")]
    public void Logits_of_queries_and_anchors_are_told_by_what_most_of_them_are_not(string form, string expected)
    {
        float[] empty = form switch
        {
            "last" => [-1, -2, 6],
            "first" => [6, -1, -2],
            _ => [-6, -5, -7],
        };
        float[] full = form switch
        {
            "last" => [5, -2, -1],
            "first" => [-1, 5, -2],
            _ => [-6, 3, -7],
        };
        SeenOutput logits = Output("logits", "Add", [1, 100, 3], index => (index / 3 == 7 ? full : empty)[index % 3]),
            boxes = Output("boxes", "Sigmoid", [1, 100, 4], index => index % 4 < 2 ? 0.7f : 0.2f);

        FoundTask found = Find(logits, boxes);

        Assert.Equal($"boxes [1,100,4], logits [1,100,3]: centres and sizes and {expected} of 100 anchors", found.Why);
        Assert.Equal(["logits"], found.Task.Logits);
        Assert.Equal(TaskKind.Values, Find(Output("logits", "Add", [1, 100, 3], Noise), boxes).Kind);
    }

    [Fact]
    public void Maps_of_three_boxes_a_cell_are_YOLO_before_its_last_layers()
    {
        // Objectness of -4 but for a cell.
        SeenOutput Map(string name, int size, float objectness = -4) =>
            Output(
                name,
                "Conv",
                [1, 21, size, size],
                index => index / (size * size) % 7 == 4 ? (index == 4 * size * size ? 4 : objectness) : 0.5f
            );

        FoundTask found = Find(Map("p3", 8), Map("p4", 4), Map("p5", 2));

        Assert.Equal("p3 [1,21,8,8], p4 [1,21,4,4], p5 [1,21,2,2]: 3 boxes a cell, not decoded, with objectness and 2 scores", found.Why);
        Assert.Equal(["p3", "p4", "p5"], found.Task.Logits);
        // Maps that see something everywhere, or do not lie in steps over the picture, are none of boxes.
        Assert.NotEqual(TaskKind.Boxes, Find(Map("p3", 8, 1), Map("p4", 4, 1)).Kind);
        Assert.NotEqual(TaskKind.Boxes, Find(Map("p3", 9), Map("p4", 5)).Kind);
    }

    [Fact]
    public void Maps_of_three_boxes_a_cell_may_have_an_axis_for_them()
    {
        SeenOutput Map(string name, int size) => Output(name, "Transpose", [1, 3, size, size, 6], index => index % 6 == 4 ? 0.001f : 0.5f);

        FoundTask found = Find(Map("p3", 8), Map("p4", 4));

        Assert.EndsWith("3 boxes a cell, not decoded, with objectness and 1 score", found.Why, StringComparison.Ordinal);
        Assert.Empty(found.Task.Logits);
    }

    [Fact]
    public void Maps_with_an_axis_for_three_boxes_may_see_many_objects_where_it_is_said_that_they_are_boxes()
    {
        SeenOutput Map(string name, int size) => Output(name, "Transpose", [1, 3, size, size, 6], index => index / 6 % 5 == 0 ? 2 : -4);
        TaskEvidence crowded = Of(Rgb, Map("p3", 8), Map("p4", 4));

        FoundTask asked = TaskFinder.Find(crowded with { IsAsked = true }, TaskKind.Boxes);

        Assert.EndsWith("3 boxes a cell, not decoded, with objectness and 1 score", asked.Why, StringComparison.Ordinal);
        FoundTask found = TaskFinder.Find(crowded, asked: null);
        Assert.Equal(TaskKind.Values, found.Kind);
        Assert.EndsWith("it might be boxes, which --task judges so", found.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_of_distributions_and_scores_are_those_of_YOLOv8()
    {
        SeenOutput Joined(string name, int size) =>
            Output(name, "Concat", [1, 66, size, size], index => index / (size * size) >= 64 ? -6 : Noise(index));
        SeenOutput Boxes(string name, int size) => Output(name, "Conv", [1, 64, size, size], Noise);
        SeenOutput Scores(string name, int size) => Output(name, "Conv", [1, 2, size, size], _ => -6);

        Assert.EndsWith("1 box a cell, not decoded, with 2 scores", Find(Joined("p3", 8), Joined("p4", 4)).Why, StringComparison.Ordinal);
        FoundTask apart = Find(Boxes("b3", 8), Scores("s3", 8), Boxes("b4", 4), Scores("s4", 4));
        Assert.EndsWith("2 scores of 64 and 16 anchors", apart.Why, StringComparison.Ordinal);
        Assert.Equal(["b3", "s3", "b4", "s4"], apart.Task.Outputs);
        // FCOS: a distance for each side, and how near the middle a place is.
        FoundTask fcos = Find(
            Output("s3", "Conv", [1, 2, 8, 8], _ => -6),
            Output("c3", "Conv", [1, 1, 8, 8], _ => 0.5f),
            Output("b3", "Relu", [1, 4, 8, 8], _ => 3),
            Output("s4", "Conv", [1, 2, 4, 4], _ => -6),
            Output("c4", "Conv", [1, 1, 4, 4], _ => 0.5f),
            Output("b4", "Relu", [1, 4, 4, 4], _ => 3)
        );
        Assert.Equal(["b3", "s3", "c3", "b4", "s4", "c4"], fcos.Task.Outputs);
    }

    private static FoundTask Find(params SeenOutput[] outputs) => TaskFinder.Find(Of(Rgb, outputs), asked: null);
}
