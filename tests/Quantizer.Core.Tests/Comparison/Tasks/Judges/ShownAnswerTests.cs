using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Comparison.Tasks.Judges;

/// <summary>What people read of a sample's two answers, and how far these are apart.</summary>
public class ShownAnswerTests
{
    private static readonly TaskTruths NoTruths = TaskTruths.Open(new TaskOptions(), linesPath: null);
    private static readonly ClassNames Names = new(new Dictionary<int, string> { [0] = "cat", [1] = "dog" });

    [Fact]
    public void Classes_are_told_with_their_probability_or_score()
    {
        ClassesTask task = new("y", 3);

        AssertShown(task, Sample(1, [1, 3], [0.5f, 0.25f, 0.25f], [0.125f, 0.75f, 0.125f]), "cat, 50.0 %", "dog, 75.0 %", "dog");
        AssertShown(task, Sample(null, [1, 3], [1, 2, 7.25f], [9, 2, 7]), "2, score 7.25", "cat, score 9.00", null);
    }

    [Fact]
    public void Classes_differ_or_do_not()
    {
        ClassesTask task = new("y", 3);

        Assert.Equal((1, "2 -> 0: 1"), Distance(task, Sample(null, [1, 3], [1, 2, 7], [9, 2, 7])));
        Assert.Equal((0, ""), Distance(task, Sample(null, [1, 3], [1, 2, 7], [1, 2, 8])));
    }

    [Fact]
    public void Positions_are_told_in_their_order_with_the_share_that_changed()
    {
        PositionsTask task = new("y", 2, tokens: null);
        JudgedSample sample = Sample(null, [1, 4, 2], [1, 0, 1, 0, 0, 1, 0, 1], [1, 0, 0, 1, 1, 0, 0, 1]);

        AssertShown(task, sample, "cat cat dog dog", "cat dog cat dog (2 of 4 positions changed)", null);
        Assert.Equal((0.5, "0 -> 1: 1, 1 -> 0: 1"), Distance(task, sample));
    }

    [Fact]
    public void Of_many_positions_those_around_the_first_that_changed_are_told()
    {
        float[] expected = [.. Enumerable.Repeat(0, 100).SelectMany(_ => new float[] { 1, 0 })],
            found = [.. expected];
        (found[2 * 80], found[(2 * 80) + 1]) = (0, 1);

        ShownAnswer shown = new PositionsTask("y", 2, "ids").Show(Sample(null, [1, 100, 2], expected, found), ClassNames.None);

        // 40 positions from the 60th on, so that the last is there.
        Assert.Equal($"... {string.Join(' ', Enumerable.Repeat(0, 40))}", shown.Fp32);
        Assert.Equal(
            $"... {string.Join(' ', Enumerable.Range(60, 40).Select(position => position == 80 ? 1 : 0))} (1 of 100 tokens changed)",
            shown.Int8
        );
    }

    [Fact]
    public void Pixels_are_told_by_their_shares_and_shown_as_maps()
    {
        // Classes come first: 0 where the first plane is larger.
        PixelsTask task = new("y", new ClassGrid(2, IsClassFirst: true), NoTruths);
        JudgedSample sample = Sample(null, [1, 2, 2, 3], [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2], [1, 1, 1, 1, 1, 1, 0, 0, 0, 2, 2, 2]);

        ShownAnswer shown = AssertShown(
            task,
            sample,
            "cat: 66.67 %, dog: 33.33 %",
            "cat: 50 %, dog: 50 % (16.67 % of the pixels changed)",
            null
        );
        Assert.Equal((3, 2), (shown.Fp32Map!.Width, shown.Fp32Map.Height));
        Assert.Equal([0, 0, 0, 0, 1, 1], shown.Fp32Map.Classes);
        Assert.Equal([0, 0, 0, 1, 1, 1], shown.Int8Map!.Classes);
        Assert.Equal((0.166667, "0 -> 1: 1"), Distance(task, sample));
    }

    [Fact]
    public void Masks_are_told_by_their_area_and_overlap_and_shown_as_maps()
    {
        MasksTask task = new("y", new(1, IsClassFirst: true), areLogits: false, 0.5, NoTruths);
        JudgedSample sample = Sample(null, [1, 1, 2, 2], [1, 1, 0, 0], [1, 0, 0, 0]);

        ShownAnswer shown = AssertShown(task, sample, "50.0 % of the pixels", "25.0 % of the pixels, IoU 0.500", null);
        Assert.Equal([1, 1, 0, 0], shown.Fp32Map!.Classes);
        Assert.Equal([1, 0, 0, 0], shown.Int8Map!.Classes);
        Assert.Equal((2, 2), (shown.Int8Map.Width, shown.Int8Map.Height));
        Assert.Equal((0.5, ""), Distance(task, sample));
    }

    [Fact]
    public void Boxes_are_counted_and_those_that_the_other_model_has_too_are_matched()
    {
        BoxesTask task = new(new RowHead("y", 0, 4, 5), 0.3, NoTruths);
        JudgedSample sample = Judged.Sample(
            "a.png",
            null,
            ("y", [2, 6], [0, 0, 10, 10, 0.9f, 3, 20, 20, 30, 30, 0.8f, 4], [0, 0, 10, 10, 0.7f, 3, 20, 20, 30, 30, 0.1f, 4])
        );

        ShownAnswer shown = AssertShown(task, sample, "2 boxes", "1 box", null);
        Assert.Equal(
            ["fp32 3 matched", "fp32 4 alone", "int8 3 matched"],
            shown.Boxes.Select(box => $"{(box.IsInt8 ? "int8" : "fp32")} {box.Box.Label} {(box.IsMatched ? "matched" : "alone")}")
        );
        Assert.Equal((0.333333, ""), Distance(task, sample));
    }

    [Fact]
    public void Texts_are_told_as_both_lines()
    {
        using TemporaryFolder folder = new();
        string characters = folder.File("characters.txt");
        File.WriteAllLines(characters, ["a", "b"]);
        TextTask task = new("y", 3, 0, TaskTruths.Open(new TaskOptions { CharactersPath = characters }, linesPath: null));
        JudgedSample sample = Sample(null, [1, 3, 3], [0, 9, 0, 9, 0, 0, 0, 0, 9], [0, 9, 0, 9, 0, 0, 0, 9, 0]);

        AssertShown(task, sample, "ab", "aa", null);
        Assert.Equal((0.5, "2 -> 1: 1"), Distance(task, sample));
        Assert.Equal(["nothing", "'a'", "'b'"], Enumerable.Range(0, 3).Select(label => task.NameOf(label, ClassNames.None)));
        // Where it is not known which characters classes are, they go by their numbers.
        AssertShown(new TextTask("y", 3, 0, NoTruths), sample, "1 2", "1 1", null);
    }

    [Fact]
    public void Decisions_are_told_with_the_probability_or_as_those_that_are_yes()
    {
        DecisionsTask task = new("y");

        AssertShown(task, Sample(1, [1, 1], [0.75f], [0.25f]), "yes, 75.0 %", "no, 25.0 %", "dog");
        AssertShown(task, Sample(null, [1, 3], [0.75f, 0.25f, 0.75f], [0.25f, 0.25f, 0.25f]), "yes: 0 2", "no", null);
        Assert.Equal((0.5, "1 -> 0: 1"), Distance(task, Sample(null, [1, 2], [0.75f, 0.25f], [0.25f, 0.25f])));
    }

    [Fact]
    public void Vectors_are_told_by_their_cosine_and_never_the_same()
    {
        EmbeddingsTask task = new("y", 2);
        JudgedSample sample = Sample(null, [1, 2], [1, 0], [3, 4]);

        AssertShown(task, sample, "reference", "cosine 0.6000", null);
        Assert.Equal(0.4, Distance(task, sample).Distance, 1e-12);
        Assert.False(task.IsDiscrete);
    }

    [Fact]
    public void Pictures_are_told_by_their_noise()
    {
        PicturesTask task = new("y", 0, 1, isChannelsLast: false, NoTruths);

        AssertShown(task, Sample(null, [1, 1, 1, 2], [0.5f, 0.5f], [0.5f, 0.25f]), "reference", "PSNR 15.1 dB", null);
        Assert.False(task.IsDiscrete);
    }

    [Fact]
    public void Numbers_are_told_where_they_differ_most()
    {
        ValuesTask task = new();

        AssertShown(task, Sample(null, [1, 3], [1, 2.5f, 3], [1, 4.5f, 4]), "2.5 at 1 of 'y'", "4.5 at 1 of 'y'", null);
        Assert.False(task.IsDiscrete);
    }

    private static JudgedSample Sample(int? label, long[] shape, float[] expected, float[] found) =>
        Judged.Sample("a.png", label, ("y", shape, expected, found));

    private static ShownAnswer AssertShown(JudgedTask task, JudgedSample sample, string fp32, string int8, string? truth)
    {
        ShownAnswer shown = task.Show(sample, Names);
        Assert.Equal((fp32, int8, truth), (shown.Fp32, shown.Int8, shown.Truth));
        return shown;
    }

    private static (double Distance, string Changes) Distance(JudgedTask task, JudgedSample sample)
    {
        TaskAnswer answer = task.Judge(sample)!;
        return (
            Math.Round(task.DistanceOf(answer), 6, MidpointRounding.ToEven),
            string.Join(", ", task.ChangesOf(answer).Select(change => $"{change.Fp32} -> {change.Int8}: {change.Count}"))
        );
    }
}
