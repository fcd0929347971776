using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Core.Tests.Comparison.Tasks.Heads;

public class GridHeadTests
{
    [Fact]
    public void Boxes_of_a_cell_take_turns_in_a_map()
    {
        // Three boxes a cell, two cells, one class: only the second box of the first cell is an object.
        float[] map = new float[3 * 6 * 2];
        for (int box = 0; box < 3; box++)
            map[((box * 6) + 4) * 2] = map[(((box * 6) + 4) * 2) + 1] = -9;
        map[((1 * 6) + 4) * 2] = 9;
        map[((1 * 6) + 5) * 2] = 9;
        GridHead head = new(["y"], anchors: 3, boxNumbers: 4, classes: 1, hasObjectness: true, BoxCoding.AnchoredLogits, areLogits: true);

        Detection found = Assert.Single(head.Decode(new Dictionary<string, HeadOutput> { ["y"] = new([1, 18, 1, 2], map) }, 0.3));

        // Logits of zero: the middle of the cell, and the anchor's own size.
        Assert.Equal((0, 1.0, 1.0), (found.Label, found.X2 - found.X1, found.Y2 - found.Y1));
        Assert.Equal(1, found.Score, 0.001);
        Assert.Empty(head.PartsOf("y", [1, 18, 1, 2]));
        Assert.Equal([new("boxes", 4, 0, 4), new OutputPart("scores", 4, 4, 2)], head.PartsOf("y", [1, 3, 1, 2, 6]));
    }

    [Fact]
    public void The_same_boxes_are_found_where_they_have_an_axis_of_their_own()
    {
        float[] shares = [0.5f, 0.5f, 0.5f, 0.5f, 0.9f, 0.2f, 0.8f];
        GridHead head = new(["y"], anchors: 3, boxNumbers: 4, classes: 2, hasObjectness: true, BoxCoding.AnchoredShares, areLogits: false);
        float[] values = [.. shares, .. new float[2 * 7]];

        Detection found = Assert.Single(head.Decode(new Dictionary<string, HeadOutput> { ["y"] = new([1, 3, 1, 1, 7], values) }, 0.3));

        Assert.Equal((1, 1.0, 1.0), (found.Label, found.X2 - found.X1, found.Y2 - found.Y1));
        Assert.Equal(0.72, found.Score, 1e-6);
    }

    [Fact]
    public void A_distance_is_the_mean_of_its_distribution()
    {
        // Four distances in four steps: the first is surely 2, the others are anything from 0 to 3.
        float[] bins = [0, 0, 50, 0, .. new float[12]];

        Detection box = CodedBox.Of(BoxCoding.AnchoredDistributions, bins, anchor: 0, score: 1, label: 0);

        Assert.Equal(-2, box.X1, 1e-9);
        Assert.Equal((-1.5, 1.5, 1.5), (box.Y1, box.X2, box.Y2));
    }

    [Theory]
    // SSD: the first class is none. DETR: the last. RetinaNet: none is, each class has a sigmoid of its own.
    [InlineData(nameof(BackgroundClass.First), 1, 0.721)]
    [InlineData(nameof(BackgroundClass.Last), 1, 0.265)]
    [InlineData(null, 2, 0.953)]
    public void Logits_of_an_anchor_become_the_probability_of_its_best_object(string? background, int label, double probability)
    {
        AnchorScores scores = new(background is null ? null : Enum.Parse<BackgroundClass>(background), AreLogits: true);

        (int best, double found) = scores.Best([-1f, 2f, 3f]);

        Assert.Equal(label, best);
        Assert.Equal(probability, found, 0.001);
    }
}
