using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Testing;
using static Quantizer.Core.Tests.Preprocessing.Discovery.FoundPreparation;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>The order of decisions, on drawn pictures and hand-made networks: a BatchNormalization on the input itself, a classifier of
/// mean colour.</summary>
public sealed class PreparationFinderTests : IDisposable
{
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
    ) => FoundPreparation.Find(flags, folder ?? _folder.Path, config, probe, scores, threads);

    private BatchNormalizationProbe Remembering(string preset, string channels) =>
        FoundPreparation.Remembering(Candidate(preset, channels).Preparation, _folder.Path, prepared => prepared, channels: 3);

    private void Draw(string name, int red, int green, int blue) => FoundPreparation.Draw(_folder, name, red, green, blue);
}
