using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Core.Tests.Preprocessing.Discovery;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Comparison.Tasks.Judges;

/// <summary>Every figure against numbers computed by hand.</summary>
public class JudgesTests
{
    private static readonly ClassGrid OneMask = new(1, IsClassFirst: true);

    [Fact]
    public void Tokens_cost_the_bits_of_a_softmax_over_the_scores()
    {
        // Equal scores of four classes cost two bits; the second model gives the right ones e to 1.
        long[] ids = [0, 1, 2];
        float[] even = new float[12],
            sure = [0, 1, 0, 0, 0, 0, 1, 0, 9, 0, 0, 0];
        JudgedSample sample = Judged.Sample([1, 3, 4], even, sure) with
        {
            Sample = new Sample("a", new Dictionary<string, TensorValue> { ["ids"] = Ids(ids) }),
        };

        JudgedFigures figures = new PositionsTask("y", 4, "ids").Total(sample);

        // Only the last position has the same best class, and it tells no token.
        Assert.Equal(100.0 / 3, figures.Headline.Between!.Value, 1e-12);
        Assert.Equal(2, figures.Others[0].Fp32!.Value, 1e-12);
        Assert.Equal(Math.Log2((Math.E + 3) / Math.E), figures.Others[0].Int8!.Value, 1e-12);
    }

    [Fact]
    public void Tokens_of_padding_are_not_told()
    {
        // The scores are of the two positions that count.
        JudgedSample sample = Judged.Sample([1, 2, 4], new float[8], new float[8]) with
        {
            Sample = new Sample("a", new Dictionary<string, TensorValue> { ["ids"] = Ids([3, 1, 0, 0]) })
            {
                Mask = new PositionMask([true, true, false, false]),
            },
        };

        PositionsTask.Counts counts = Assert.IsType<PositionsTask.Counts>(new PositionsTask("y", 4, "ids").Judge(sample));

        Assert.Equal((2, 1), (counts.Positions, counts.Told));
    }

    [Fact]
    public void Decisions_fall_at_a_half_and_labels_say_which_is_right()
    {
        JudgedSample Decision(int? label, float expected, float found) => Judged.Sample("a", label, ("y", [1, 1], [expected], [found]));

        JudgedFigures figures = new DecisionsTask("y").Total(
            Decision(1, 0.9f, 0.6f),
            Decision(1, 0.6f, 0.5f),
            Decision(0, 0.7f, 0.2f),
            Decision(null, 0.1f, 0.2f)
        );

        Assert.Equal(50, figures.Headline.Between);
        Assert.Equal((200.0 / 3, 200.0 / 3), figures.Truth("Right decisions"));
        Assert.Equal(3, figures.Labelled);
    }

    [Fact]
    public void Vectors_at_positions_are_averaged_and_neighbours_compared()
    {
        EmbeddingsTask task = new("y", 2);

        JudgedFigures figures = task.Total(
            // (1, 0) and (0, 1) average to the diagonal, in the second model to (1, 0): half a right angle.
            Judged.Sample([1, 2, 2], [1, 0, 0, 1], [2, 0, 2, 0]),
            Judged.Sample([1, 1, 2], [0, 3], [0, 3]),
            Judged.Sample([1, 1, 2], [1, 0], [1, 0])
        );

        Assert.Equal((2 + Math.Sqrt(0.5)) / 3, figures.Headline.Between!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.5), figures.Figure("Least cosine")!.Value, 1e-12);
        // The diagonal is as near to both, so that the first counts; the second's neighbour is it in both models, the third's as well.
        Assert.Equal(200.0 / 3, figures.Figure("Same nearest neighbour")!.Value, 1e-12);
    }

    [Fact]
    public void Text_is_read_without_repetitions_and_blanks()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder.File("characters.txt"), ["a", "b", "c"]);
        File.WriteAllLines(folder.File("labels.txt"), ["a.png\tabbc"]);
        TaskTruths truths = TaskTruths.Open(new TaskOptions { CharactersPath = folder.File("characters.txt") }, folder.File("labels.txt"));

        JudgedFigures figures = new TextTask("y", 4, blank: 0, truths).Total(
            // Reads aab-bc as abbc; and a-bc, with one character less, in the second model.
            Judged.Sample([1, 6, 4], OneHot(4, 1, 1, 2, 0, 2, 3), OneHot(4, 1, 0, 2, 2, 3, 3))
        );

        Assert.Equal(75, figures.Headline.Between);
        Assert.Equal(0, figures.Figure("Same lines"));
        Assert.Equal((100, 75), figures.Truth("Right characters"));
    }

    [Fact]
    public void Pixels_agree_and_each_class_counts_alike_in_the_mean()
    {
        using TemporaryFolder folder = new();
        WriteGray(folder.File("a.png"), 2, 2, [0, 0, 1, 2]);
        TaskTruths truths = new() { Masks = TruthMasks.Open(folder.Path) };

        JudgedFigures figures = new PixelsTask("y", null, truths).Total(Judged.Sample([1, 2, 2], [0, 0, 1, 1], [0, 1, 1, 1]));

        Assert.Equal(75, figures.Headline.Between);
        // FP32: class 0 2/2, class 1 1/2, class 2 0/1. INT8: 1/2, 1/3, 0/1.
        Assert.Equal(50, figures.Truth("Mean IoU").Item1!.Value, 1e-9);
        Assert.Equal(100 * (0.5 + (1.0 / 3)) / 3, figures.Truth("Mean IoU").Item2!.Value, 1e-9);
    }

    [Fact]
    public void Masks_overlap_above_the_threshold_over_all_samples()
    {
        using TemporaryFolder folder = new();
        WriteGray(folder.File("a.png"), 2, 2, [255, 0, 0, 0]);
        TaskTruths truths = new() { Masks = TruthMasks.Open(folder.Path) };

        JudgedFigures figures = new MasksTask("y", OneMask, areLogits: false, 0.3, truths).Total(
            Judged.Sample([1, 1, 2, 2], [0.9f, 0.9f, 0.1f, 0.3f], [0.9f, 0.2f, 0.1f, 0.31f]),
            Judged.Sample("b.png", null, ("y", [1, 1, 1, 2], [0.9f, 0.9f], [0.9f, 0.9f]))
        );

        Assert.Equal(3.0 / 5, figures.Headline.Between!.Value, 1e-12);
        Assert.Equal((0.5, 0.5), figures.Truth("IoU with the truth"));
        Assert.Equal(1.0 / 3, figures.Figure("Worst tenth")!.Value, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_masks_are_counted_together_and_a_pixel_of_the_truth_names_its_mask(bool isClassFirst)
    {
        using TemporaryFolder folder = new();
        WriteGray(folder.File("a.png"), 2, 1, [1, 2]);
        TaskTruths truths = new() { Masks = TruthMasks.Open(folder.Path) };
        // Two masks of two pixels: FP32 has (1, 0) and (1, 1), INT8 (1, 0) and (0, 1); (1, 0) and (0, 1) are right.
        JudgedSample sample = isClassFirst
            ? Judged.Sample([1, 2, 1, 2], [0.9f, 0, 0.9f, 0.8f], [0.9f, 0, 0, 0.9f])
            : Judged.Sample([1, 1, 2, 2], [0.9f, 0.9f, 0, 0.8f], [0.9f, 0, 0, 0.9f]);
        MasksTask task = new("y", new(2, isClassFirst), areLogits: false, 0.5, truths);

        JudgedFigures figures = task.Total(sample);
        Assert.Equal(2.0 / 3, figures.Headline.Between!.Value, 1e-12);
        Assert.Equal((2.0 / 3, 1), figures.Truth("IoU with the truth"));
        ShownAnswer shown = task.Show(sample, ClassNames.None);
        Assert.Equal([1, 2], shown.Fp32Map!.Classes);
        Assert.Equal((2, 1), (shown.Int8Map!.Width, shown.Int8Map.Height));
    }

    [Fact]
    public void Logits_are_masks_where_their_sigmoid_is_above_the_threshold()
    {
        // The logit of 0.3 is -0.85.
        MasksTask task = new("y", OneMask, areLogits: true, 0.3, TaskTruths.None);

        Assert.Equal(
            1.0 / 3,
            task.Total(Judged.Sample([1, 1, 2, 2], [-0.8f, -0.9f, 5, -9], [-0.9f, -0.8f, 4, -9])).Headline.Between!.Value,
            1e-12
        );
        Assert.Equal(["y"], task.Logits);
    }

    [Fact]
    public void Where_neither_finds_an_object_nothing_is_judged()
    {
        BoxesTask task = new(new Quantizer.Comparison.Tasks.Heads.RowHead("y", 0, 4, 5), 0.3, TaskTruths.None);

        Assert.Null(task.Total(Judged.Sample([1, 6], [0, 0, 1, 1, 0.1f, 3], [0, 0, 1, 1, 0.1f, 3])).Headline.Between);
        Assert.Equal(1, task.Total(Judged.Sample([1, 6], [0, 0, 1, 1, 0.9f, 3], [0, 0, 1, 1, 0.9f, 3])).Headline.Between);
        Assert.Equal(0, task.Total(Judged.Sample([1, 6], [0, 0, 1, 1, 0.9f, 3], [0, 0, 1, 1, 0.1f, 3])).Headline.Between);
    }

    [Fact]
    public void Scores_in_another_order_than_the_classes_are_right_by_the_class_that_they_are_of()
    {
        ClassesTask task = new("y", 3, order: [2, 0, 1]);
        JudgedFigures figures = task.Total(
            Judged.Sample("a", 2, ("y", [1, 3], [5, 1, 0], [5, 1, 0])),
            Judged.Sample("b", 0, ("y", [1, 3], [5, 1, 0], [1, 5, 0]))
        );

        Assert.Equal((50.0, 100.0), figures.Truth("Top-1 accuracy"));
        Assert.Equal(1, figures.Answers!.WrongToRight);
    }

    [Fact]
    public void The_class_itself_is_compared_with_the_other_one_and_with_the_label()
    {
        JudgedFigures figures = new ClassesTask("y", classes: null).Total(
            Judged.Sample("a", 7, ("y", [1], [7], [7])),
            Judged.Sample("b", 3, ("y", [1], [3], [5])),
            Judged.Sample("c", null, ("y", [1], [4], [4])),
            Judged.Sample("d", 9, ("y", [1], [8], [9]))
        );

        Assert.Equal(50, figures.Headline.Between);
        Assert.Equal((200.0 / 3, 200.0 / 3), figures.Truth("Top-1 accuracy"));
        Assert.Null(figures.Chance);
        Assert.Equal(
            75,
            new PositionsTask("y", classes: null, tokens: null).Total(Judged.Sample([1, 4], [1, 2, 3, 4], [1, 2, 9, 4])).Headline.Between
        );
    }

    [Fact]
    public void Spans_are_the_same_where_both_ends_are()
    {
        SpansTask task = new("s", "e");
        JudgedSample Of(float[] end) => Judged.Sample("a", null, ("s", [1, 3], [9, 1, 1], [8, 1, 1]), ("e", [1, 3], [1, 9, 1], end));

        JudgedFigures figures = task.Total(Of([1, 9, 2]), Of([1, 2, 9]), Of([0, 3, 1]), Of([1, 5, 4]));

        Assert.Equal(75, figures.Headline.Between);
        Assert.Equal(new PairedAnswers(4, 3), figures.Answers);
        ShownAnswer shown = task.Show(Of([1, 2, 9]), ClassNames.None);
        Assert.Equal(("0 to 1", "0 to 2"), (shown.Fp32, shown.Int8));
    }

    [Fact]
    public void Two_empty_masks_are_the_same() =>
        Assert.Equal(
            1,
            new MasksTask("y", OneMask, areLogits: false, 0.3, TaskTruths.None)
                .Total(Judged.Sample([1, 1, 1, 2], [0, 0], [0, 0.1f]))
                .Headline.Between
        );

    [Fact]
    public void Pictures_are_as_far_apart_as_they_are_shown()
    {
        // Beyond white is white; the other value is off by a tenth of the peak: 20 dB, of one in four 26 dB.
        JudgedFigures figures = new PicturesTask("y", 0, 255, isChannelsLast: false, TaskTruths.None).Total(
            Judged.Sample([1, 1, 2, 2], [300, 0, 0, 100], [260, 0, 0, 125.5f]),
            Judged.Sample([1, 1, 2, 2], [0, 0, 0, 0], [25.5f, 25.5f, 25.5f, 25.5f])
        );

        Assert.Equal(-10 * Math.Log10((0.0025 + 0.01) / 2), figures.Headline.Between!.Value, 1e-6);
        Assert.Equal(20, figures.Figure("Worst tenth")!.Value, 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void True_pictures_tell_how_far_both_are_from_them(bool isChannelsLast)
    {
        using TemporaryFolder folder = new();
        folder.Draw("sub/a.png", 2, 1, new SKColor(255, 0, 51));
        folder.Draw("sub/b.png", 2, 1, new SKColor(255, 0, 102));
        TaskTruths truths = TaskTruths.Open(new TaskOptions { TargetsPath = folder.Path }, null);
        long[] shape = isChannelsLast ? [1, 1, 2, 3] : [1, 3, 1, 2];
        // In 0..1: red 1, green 0, blue 0.2; the second model is off by 0.1 everywhere, at white beyond what is shown.
        float[] right = isChannelsLast ? [1, 0, 0.2f, 1, 0, 0.2f] : [1, 1, 0, 0, 0.2f, 0.2f];
        JudgedSample Sample(string name) => Judged.Sample(name, null, ("y", shape, right, [.. right.Select(value => value + 0.1f)]));

        JudgedFigures figures = new PicturesTask("y", 0, 1, isChannelsLast, truths).Total(
            Sample("sub/a.jpg"),
            Sample("other.jpg"),
            Sample("sub/b.jpg")
        );

        // Of each picture by itself. In the second blue is 0.4: off by 0.2, and by 0.1; what is exactly right counts as 100 dB.
        (double? fp32, double? int8) = figures.Truth("PSNR to the truth");
        Assert.Equal(2, figures.Labelled);
        Assert.Equal((100 - (10 * Math.Log10(0.04 / 3))) / 2, fp32!.Value, 1e-3);
        Assert.Equal(-10 * Math.Log10(0.01 * 2 / 3), int8!.Value, 1e-3);
        Assert.Contains(
            "has 2x1 pixels; the model makes 1x2",
            Assert.Throws<QuantizationException>(() => truths.Pictures!.Of("sub/a", 1, 2, 3)).Message
        );
    }

    private static float[] OneHot(int classes, params int[] tops) =>
        [.. tops.SelectMany(top => Enumerable.Range(0, classes).Select(c => c == top ? 1f : 0))];

    private static TensorValue Ids(long[] ids) =>
        new(ElementType.Int64, [1, ids.Length], System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(ids).ToArray());

    private static void WriteGray(string path, int width, int height, byte[] values)
    {
        using FileStream file = File.Create(path);
        PngFile.Write(
            file,
            width,
            height,
            (y, row) =>
            {
                for (int i = 0; i < row.Length; i++)
                    row[i] = values[(y * width) + (i / 3)];
            }
        );
    }
}
