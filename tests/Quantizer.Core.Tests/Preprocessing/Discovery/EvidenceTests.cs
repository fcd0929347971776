using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using static Quantizer.Core.Tests.Preprocessing.Discovery.FoundPreparation;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>What is evidence of a preparation and what is too little of it, on pictures drawn for each question.</summary>
public class EvidenceTests
{
    [Fact]
    public void Few_pictures_on_which_all_scales_are_right_are_no_evidence()
    {
        // Ten classes, of which two are seen; a network of contrast alone, right whatever the scale, as a reader of digits is.
        using TemporaryFolder classes = new();
        for (int i = 0; i < 4; i++)
        {
            for (int c = 0; c < 2; c++)
                Draw(classes, $"{c}/{i}.png", c == 0 ? 200 : 20, 100, c == 0 ? 20 : 200);
        }

        TensorValue Contrast(TensorValue prepared)
        {
            float[] mean = MeanColour(prepared);
            return TensorValue.FromFloats([1, 10], [mean[0] - mean[2], mean[2] - mean[0], .. Enumerable.Repeat(-1e4f, 8)]);
        }

        UsageException refusal = Assert.Throws<UsageException>(() =>
            Find(new PictureOptions { Channels = ChannelOrder.Rgb }, scores: Contrast, folder: classes.Path)
        );

        Assert.Contains("share of pictures classified rightly does not separate the scales (8 pictures)", refusal.Message);
        Assert.Contains("(measured 1)", refusal.Message);
    }

    [Fact]
    public void A_narrow_win_of_a_scale_by_statistics_is_no_evidence_and_lists_those_in_question()
    {
        // Bytes over their whole range. As 0..1 their values have the mean m and the variance v, as -1..1 2m - 1 and 4v: as far
        // from a mean half-way between and a variance of 3v / ln 4.
        using TemporaryFolder wide = new();
        Random random = new(3);
        for (int i = 0; i < 60; i++)
            Draw(wide, $"{i}.png", random.Next(0, 250), random.Next(0, 250), random.Next(0, 250));
        BatchNormalizationProbe zeroOne = Remembering(
            Candidate("zero-one", "rgb").Preparation,
            wide.Path,
            prepared => prepared,
            channels: 3
        );
        float[] mean = [.. zeroOne.Mean.Select(m => (3 * m - 1) / 2)],
            variance = [.. zeroOne.Variance.Select(v => 3 * v / MathF.Log(4))];
        BatchNormalizationProbe between = new("bn", mean, variance, prepared => prepared);

        UsageException refusal = Assert.Throws<UsageException>(() =>
            Find(new PictureOptions { Channels = ChannelOrder.Rgb }, probe: between, folder: wide.Path)
        );

        Assert.Contains(
            "distance from the statistics of the first BatchNormalization does not separate the scales (60 pictures)",
            refusal.Message
        );
        Assert.Equal(
            ["guess", "minus-one-one", "zero-one"],
            refusal.Message.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Order()
        );
    }

    [Fact]
    public void Class_folders_tell_the_preparation_by_accuracy()
    {
        using TemporaryFolder classes = Classes();

        PreparationChoice choice = Find(new PictureOptions(), scores: ColourClasses("minus-one-one", "bgr"), folder: classes.Path);

        Assert.Equal(ChoiceGround.ClassAccuracy, choice.ChosenBy);
        Assert.Equal("--preset minus-one-one --channels bgr", choice.Flags);
        Assert.Equal(1, choice.Score);
    }

    [Fact]
    public void A_normalization_that_sees_no_colours_leaves_their_order_to_the_classes()
    {
        using TemporaryFolder classes = Classes();
        PicturePreparation right = Candidate("zero-one", "bgr").Preparation;
        BatchNormalizationProbe colourBlind = Remembering(right, classes.Path, Luma, channels: 1);

        PreparationChoice alone = Find(new PictureOptions(), probe: colourBlind, folder: classes.Path);
        PreparationChoice helped = Find(
            new PictureOptions(),
            probe: colourBlind,
            scores: ColourClasses("zero-one", "bgr"),
            folder: classes.Path
        );

        Assert.Equal(("--preset zero-one --channels rgb", false, "channel order"), (alone.Flags, alone.IsGuess, alone.Doubt));
        Assert.Contains("The channel order was decided narrowly", alone.Explanation);
        Assert.Equal(("--preset zero-one --channels bgr", null), (helped.Flags, helped.Doubt));
        Assert.Equal(ChoiceGround.BatchNormalization, helped.ChosenBy);
        Assert.Equal("zero-one in RGB", helped.RunnerUp);
    }

    [Fact]
    public void Pictures_without_classes_tell_by_different_and_sure_answers_of_ten_classes()
    {
        using TemporaryFolder many = new();
        for (int i = 0; i < 40; i++)
            Draw(many, $"{i}.png", 20 * (i % 10) + 10, 20 * (i % 10) + 10, 20 * (i % 10) + 10);
        // Ten steps of brightness, sure of each when bytes come as they are.
        TensorValue Brightness(TensorValue prepared) =>
            TensorValue.FromFloats([1, 10], [.. Enumerable.Range(0, 10).Select(step => -Math.Abs(prepared.Floats[0] - (20 * step + 10)))]);

        PreparationChoice choice = Find(new PictureOptions { Channels = ChannelOrder.Rgb }, scores: Brightness, folder: many.Path);

        Assert.Equal(("raw", ChoiceGround.MutualInformation, false), (choice.Preset, choice.ChosenBy, choice.IsGuess));
        Assert.Equal(1, choice.Score!.Value, 3);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(15, false)]
    public void Overwhelming_information_counts_from_sixteen_pictures_on_however_many_the_classes(int count, bool counts)
    {
        using TemporaryFolder few = new();
        for (int i = 0; i < count; i++)
            Draw(few, $"{i}.png", 8 * i + 10, 8 * i + 10, 8 * i + 10);
        // 1,000 classes, of which thirty are steps of brightness, sure of each when bytes come as they are.
        TensorValue Brightness(TensorValue prepared) =>
            TensorValue.FromFloats(
                [1, 1000],
                [.. Enumerable.Range(0, 1000).Select(step => step < 30 ? -4 * Math.Abs(prepared.Floats[0] - (8 * step + 10)) : -5000f)]
            );

        PreparationChoice choice = Find(Guess with { Channels = ChannelOrder.Rgb }, scores: Brightness, folder: few.Path);

        Assert.Equal(
            counts ? ("raw", ChoiceGround.MutualInformation, false) : ("zero-one", ChoiceGround.Guess, true),
            (choice.Preset, choice.ChosenBy, choice.IsGuess)
        );
    }

    /// <summary>The mean over the channels, which their order does not change.</summary>
    private static TensorValue Luma(TensorValue prepared)
    {
        float[] mean = new float[Size * Size];
        for (int i = 0; i < prepared.Floats.Length; i++)
            mean[i % mean.Length] += prepared.Floats[i] / 3;
        return TensorValue.FromFloats([1, 1, Size, Size], mean);
    }

    /// <summary>Four classes of colours in folders, dull enough that a wrong scale confuses them.</summary>
    private static TemporaryFolder Classes()
    {
        TemporaryFolder folder = new();
        Random random = new(2);
        for (int i = 0; i < 40; i++)
        {
            for (int c = 0; c < 4; c++)
                Draw(folder, $"{c}/{i}.png", Colour(c, 0, random), Colour(c, 1, random), Colour(c, 2, random));
        }

        return folder;
    }

    private static int Colour(int label, int channel, Random random) => (label == channel ? 150 : 60 + label * 15) + random.Next(0, 12);

    /// <summary>A nearest-mean classifier trained on <see cref="Classes"/> prepared in one way.</summary>
    private static Func<TensorValue, TensorValue> ColourClasses(string preset, string channels)
    {
        using TemporaryFolder folder = Classes();
        PicturePreparation preparation = Candidate(preset, channels).Preparation;
        PictureTransform transform = new(preparation, ElementType.Float);
        PictureSet pictures = PictureFolder.Open(folder.Path).Choose(512, 0);
        float[][] centres = [.. Enumerable.Range(0, 4).Select(_ => new float[3])];
        for (int i = 0; i < pictures.Count; i++)
        {
            LoadedPicture picture = pictures.Load(i, preparation.Geometry);
            float[] mean = MeanColour(transform.Apply(picture.Pixels));
            for (int c = 0; c < 3; c++)
                centres[picture.Label!.Value][c] += mean[c] / 40;
        }
        return prepared =>
        {
            float[] mean = MeanColour(prepared);
            return TensorValue.FromFloats([1, 4], [.. centres.Select(centre => -centre.Zip(mean, (a, b) => (a - b) * (a - b)).Sum())]);
        };
    }

    private static float[] MeanColour(TensorValue prepared)
    {
        float[] mean = new float[3];
        for (int i = 0; i < prepared.Floats.Length; i++)
            mean[i / (Size * Size)] += prepared.Floats[i] / (Size * Size);
        return mean;
    }
}
