using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>The order of decisions, on drawn pictures and hand-made networks: a BatchNormalization on the input itself, a classifier of
/// mean colour.</summary>
public sealed class PreparationFinderTests : IDisposable
{
    private const int Size = 8;
    private static readonly PictureInput Input = new("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size);
    private static readonly PictureOptions Guess = new() { AcceptsGuess = true };
    private readonly TemporaryFolder _folder = new();

    public PreparationFinderTests()
    {
        // Reddish pictures: their channel order can be told.
        Random random = new(1);
        for (int i = 0; i < 40; i++)
            Draw($"{i}.png", random.Next(90, 256), random.Next(40, 160), random.Next(0, 90));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("imagenet", "rgb")]
    [InlineData("imagenet", "bgr")]
    [InlineData("zero-one", "bgr")]
    [InlineData("raw", "rgb")]
    [InlineData("caffe", "bgr")]
    public void The_statistics_of_a_normalization_tell_the_preparation(string preset, string channels)
    {
        PreparationChoice choice = Find(new PictureOptions(), probe: Remembering(preset, channels));

        Assert.Equal((preset, ChoiceGround.BatchNormalization), (choice.Preset, choice.ChosenBy));
        Assert.Equal($"--preset {preset} --channels {channels}", choice.Flags);
        Assert.Equal(0, choice.Score!.Value, 6);
        Assert.False(choice.IsGuess);
        Assert.True(choice.RunnerUpScore > 0);
    }

    [Fact]
    public void When_no_candidate_fits_the_statistics_classes_are_asked_and_then_it_is_a_guess()
    {
        BatchNormalizationProbe foreign = new("bn", [1000, 1000, 1000], [1e-3f, 1e-3f, 1e-3f], prepared => prepared);

        PreparationChoice choice = Find(Guess, probe: foreign);

        Assert.Equal(("zero-one", ChoiceGround.Guess, true, (double?)null), (choice.Preset, choice.ChosenBy, choice.IsGuess, choice.Score));
        Assert.Contains("zero-one in RGB is a guess", choice.Explanation);
    }

    [Fact]
    public void Nobody_guesses_unasked()
    {
        UsageException refusal = Assert.Throws<UsageException>(() => Find(new PictureOptions()));

        Assert.StartsWith("Nothing tells how this model wants its pictures.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            [
                "--preset zero-one --channels rgb",
                "--preset imagenet --channels rgb",
                "--preset minus-one-one --channels rgb",
                "--preset raw --channels rgb",
                "--preset caffe --channels bgr",
                "--preset guess",
            ],
            refusal.Message.Split('\n').Skip(1).Select(line => line.Trim().Split("  ")[0])
        );
    }

    [Fact]
    public void Leave_to_guess_changes_nothing_where_there_is_evidence()
    {
        PreparationChoice choice = Find(Guess, probe: Remembering("imagenet", "bgr"));

        Assert.Equal(
            ("--preset imagenet --channels bgr", ChoiceGround.BatchNormalization, false),
            (choice.Flags, choice.ChosenBy, choice.IsGuess)
        );
    }

    [Fact]
    public void An_open_channel_order_alone_is_guessed_without_leave_and_marked()
    {
        PreparationChoice choice = Find(new PictureOptions { Mean = [0.5f], Std = [0.5f] });

        Assert.Equal((ChannelOrder.Rgb, ChoiceGround.Guess, true), (choice.Preparation.Channels, choice.ChosenBy, choice.IsGuess));
    }

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
    public void Flags_narrow_what_is_tried()
    {
        BatchNormalizationProbe probe = Remembering("imagenet", "bgr");

        PreparationChoice agreeing = Find(new PictureOptions { Channels = ChannelOrder.Bgr }, probe: probe);
        PreparationChoice contrary = Find(Guess with { Channels = ChannelOrder.Rgb }, probe: probe);

        Assert.Equal(("--preset imagenet --channels bgr", ChoiceGround.BatchNormalization), (agreeing.Flags, agreeing.ChosenBy));
        Assert.EndsWith("in BGR", agreeing.RunnerUp);
        Assert.Equal(ChannelOrder.Rgb, contrary.Preparation.Channels);
    }

    [Fact]
    public void When_everything_is_said_nothing_is_run()
    {
        BatchNormalizationProbe never = new("bn", [0], [1], _ => throw new InvalidOperationException("The model was run."));

        PreparationChoice choice = Find(new PictureOptions { Preset = PicturePreset.RawCentered }, probe: never);

        Assert.Equal(("raw-centered", ChoiceGround.Flags, false), (choice.Preset, choice.ChosenBy, choice.IsGuess));
        Assert.Equal("--preset raw-centered --channels rgb", choice.Flags);
    }

    [Fact]
    public void The_models_own_file_wins_over_the_statistics_and_flags_over_the_file()
    {
        PictureOptions config = new()
        {
            Scale = 1f / 255f,
            Mean = [0.5f, 0.25f, 0.5f],
            Std = [0.5f, 0.5f, 0.5f],
        };

        PreparationChoice byFile = Find(new PictureOptions(), config, Remembering("raw", "bgr"));
        PreparationChoice byFlags = Find(new PictureOptions { Preset = PicturePreset.Raw }, config, Remembering("imagenet", "bgr"));

        Assert.Equal((PreparationCandidate.Custom, ChoiceGround.PreprocessorConfig), (byFile.Preset, byFile.ChosenBy));
        Assert.Equal("--scale 0.003921569 --mean 0.5,0.25,0.5 --std 0.5,0.5,0.5 --channels rgb", byFile.Flags);
        Assert.Equal(("raw", ChoiceGround.Flags), (byFlags.Preset, byFlags.ChosenBy));
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
    public void Folders_that_are_not_the_models_classes_are_not_believed()
    {
        // Two folders, but the network's two answers have nothing to do with them; two classes are too few for information.
        using TemporaryFolder folders = new();
        for (int i = 0; i < 20; i++)
        {
            File.Copy(
                Path.Combine(_folder.Path, $"{i}.png"),
                Path.Combine(Directory.CreateDirectory(Path.Combine(folders.Path, $"{i % 2}")).FullName, $"{i}.png")
            );
        }

        PreparationChoice choice = Find(Guess, scores: _ => TensorValue.FromFloats([1, 2], [1, 0]), folder: folders.Path);

        Assert.Equal(ChoiceGround.Guess, choice.ChosenBy);
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

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_choice_does_not_depend_on_threads(int threads)
    {
        PreparationChoice one = Find(new PictureOptions(), probe: Remembering("imagenet", "rgb"), threads: 1);
        PreparationChoice many = Find(new PictureOptions(), probe: Remembering("imagenet", "rgb"), threads: threads);

        Assert.Equal(
            (one.Score, one.RunnerUp, one.RunnerUpScore, one.Explanation),
            (many.Score, many.RunnerUp, many.RunnerUpScore, many.Explanation)
        );
    }

    [Fact]
    public void Broken_pictures_are_left_out_and_a_folder_of_nothing_else_is_an_error()
    {
        using TemporaryFolder broken = new();
        for (int i = 0; i < 3; i++)
            broken.Write($"{i}.png", "broken"u8);

        Assert.Contains(
            "none of 3 samples can be read",
            Assert
                .Throws<QuantizationException>(() => Find(new PictureOptions(), probe: Remembering("raw", "rgb"), folder: broken.Path))
                .Message
        );

        for (int i = 3; i < 40; i++)
            File.Copy(Path.Combine(_folder.Path, $"{i}.png"), Path.Combine(broken.Path, $"{i}.png"));
        Assert.Equal(
            ChoiceGround.BatchNormalization,
            Find(new PictureOptions(), probe: Remembering("raw", "rgb"), folder: broken.Path).ChosenBy
        );
    }

    [Fact]
    public void The_hopeless_are_tried_on_sixteen_pictures_only()
    {
        BatchNormalizationProbe right = Remembering("raw", "rgb");
        int runs = 0;
        BatchNormalizationProbe counting = new(
            "bn",
            right.Mean,
            right.Variance,
            prepared =>
            {
                Interlocked.Increment(ref runs);
                return prepared;
            }
        );

        PreparationChoice choice = Find(new PictureOptions(), probe: counting);

        // Of 14 candidates at most 0..255 and 0..255 less a mean are near, in two orders each; there are 40 pictures.
        Assert.Equal("raw", choice.Preset);
        Assert.InRange(runs, 14 * 16 + 24, 14 * 16 + 4 * 24);
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

    [Fact]
    public void Answers_that_never_change_tell_nothing()
    {
        PreparationChoice choice = Find(
            Guess,
            scores: _ => TensorValue.FromFloats([1, 12], [.. Enumerable.Range(0, 12).Select(i => i * 0.1f)])
        );

        Assert.Equal(("zero-one", ChoiceGround.Guess), (choice.Preset, choice.ChosenBy));
    }

    [Fact]
    public void A_failing_model_fails_with_its_own_words() =>
        Assert.Equal(
            "No.",
            Assert
                .Throws<QuantizationException>(() =>
                    Find(
                        new PictureOptions(),
                        probe: new BatchNormalizationProbe("bn", [0], [1], _ => throw new QuantizationException("No."))
                    )
                )
                .Message
        );

    private PreparationChoice Find(
        PictureOptions flags,
        PictureOptions? config = null,
        BatchNormalizationProbe? probe = null,
        Func<TensorValue, TensorValue>? scores = null,
        string? folder = null,
        int threads = 2
    ) =>
        PreparationFinder.Find(
            Input,
            flags,
            config,
            PictureFolder.Open(folder ?? _folder.Path).Choose(512, 0),
            new PreparationProbes(probe, scores),
            threads,
            CancellationToken.None
        );

    private static PreparationCandidate Candidate(string preset, string channels) =>
        Assert.Single(
            CandidateTable.For(
                Input,
                new PictureOptions
                {
                    Preset = PicturePreset.Parse(preset),
                    Channels = channels == "rgb" ? ChannelOrder.Rgb : ChannelOrder.Bgr,
                }
            )
        );

    private BatchNormalizationProbe Remembering(string preset, string channels) =>
        Remembering(Candidate(preset, channels).Preparation, _folder.Path, prepared => prepared, channels: 3);

    /// <summary>A normalization that was trained on the folder's pictures, prepared in one way.</summary>
    private static BatchNormalizationProbe Remembering(
        PicturePreparation preparation,
        string folder,
        Func<TensorValue, TensorValue> before,
        int channels
    )
    {
        PictureSet pictures = PictureFolder.Open(folder).Choose(512, 0);
        PictureTransform transform = new(preparation, ElementType.Float);
        ChannelMoments moments = new(channels);
        for (int i = 0; i < pictures.Count; i++)
        {
            if (Record.Exception(() => moments.Add(before(transform.Apply(pictures.Load(i, preparation.Geometry).Pixels)))) is { } error)
                Assert.IsType<BrokenSampleException>(error);
        }

        int[] all = [.. Enumerable.Range(0, channels)];
        return new BatchNormalizationProbe(
            "bn",
            [.. all.Select(channel => (float)moments.MeanOf(channel))],
            [.. all.Select(channel => (float)moments.VarianceOf(channel))],
            before
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

    private void Draw(string name, int red, int green, int blue) => Draw(_folder, name, red, green, blue);

    private static void Draw(TemporaryFolder folder, string name, int red, int green, int blue)
    {
        using SKBitmap bitmap = new(Size, Size, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                bitmap.SetPixel(
                    x,
                    y,
                    new SKColor((byte)Math.Min(255, red + x), (byte)Math.Min(255, green + y), (byte)Math.Min(255, blue + x + y))
                );
            }
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        folder.Write(name, png.AsSpan());
    }
}
