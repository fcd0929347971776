using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>What such networks are usually fed, and where it decides.</summary>
public class CustomaryPreparationsTests
{
    private static readonly PictureInput Input = new("x", ElementType.Float, TensorLayout.Nchw, 3, 32, 32);

    [Theory]
    [InlineData(3, 224, 224, 1000, TensorLayout.Nchw, "classifiers of ImageNet's 1,000 classes", true)]
    [InlineData(3, 64, 64, 1000, TensorLayout.Nchw, "classifiers", false)]
    [InlineData(3, 224, 224, 1001, TensorLayout.Nhwc, "classifiers of ImageNet's classes with channels last", true)]
    [InlineData(3, 32, 32, 10, TensorLayout.Nchw, "small classifiers of 10 or 100 classes", false)]
    [InlineData(3, 32, 32, 12, TensorLayout.Nchw, "small classifiers", false)]
    [InlineData(1, 28, 28, 10, TensorLayout.Nchw, "networks of one channel", false)]
    [InlineData(3, 640, 640, 0, TensorLayout.Nchw, "networks that are no classifiers", false)]
    [InlineData(3, 128, 128, 0, TensorLayout.Nhwc, "networks with channels last that are no classifiers", false)]
    public void Shapes_tell_kinds_of_networks(
        int channels,
        int width,
        int height,
        int classes,
        TensorLayout layout,
        string kind,
        bool crops
    )
    {
        NetworkKind found = NetworkKind.Of(new PictureInput("x", ElementType.Float, layout, channels, width, height), classes);

        Assert.Equal((kind, crops), (found.Name, found.IsCropped));
    }

    [Fact]
    public void What_such_networks_are_usually_fed_decides_among_those_that_the_test_does_not_rank()
    {
        PreparationChoice choice = FindOfThousand(sureOf: "all");

        Assert.Equal(("imagenet", ChoiceGround.Customary, false, "scale"), (choice.Preset, choice.ChosenBy, choice.IsGuess, choice.Doubt));
        Assert.Contains("which is customary for classifiers of ImageNet's 1,000 classes; the mutual information", choice.Explanation);
    }

    [Fact]
    public void Against_the_test_it_does_not_decide()
    {
        string question = Assert.Throws<UsageException>(() => FindOfThousand(sureOf: "minus-one-one")).Message;

        Assert.StartsWith("  --preset minus-one-one ", question.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Custom_needs_enough_pictures_and_a_test_that_does_not_speak_against_it()
    {
        PreparationCandidate[] all = [.. CandidateTable.For(Input, new PictureOptions { Channels = ChannelOrder.Rgb })];
        PreparationCandidate imagenet = all.Single(candidate => candidate.Preset == "imagenet"),
            raw = all.Single(candidate => candidate.Preset == "raw");
        Verdict level = new(raw, 0.9, imagenet, 0.89, Verdict.Scale, 16, [(raw, 0.9), (imagenet, 0.89)]) { Level = [raw, imagenet] };

        Verdict? Decided(Verdict measured, NetworkKind kind) => CustomaryPreparations.Decide(all, measured, kind);

        Assert.Equal((imagenet, 0.89, raw, "scale"), Told(Decided(level, NetworkKind.ImageNetClassifier)));
        Assert.Null(Decided(level with { Pictures = 15 }, NetworkKind.ImageNetClassifier));
        Assert.Null(Decided(level with { Level = [raw] }, NetworkKind.ImageNetClassifier));
        // Of other kinds it must be what the test prefers.
        Assert.Null(Decided(level, NetworkKind.Segmenter));
        Assert.Equal(imagenet, Decided(level with { Level = [imagenet] }, NetworkKind.Segmenter)?.Winner);
    }

    private static (PreparationCandidate, double, PreparationCandidate?, string?) Told(Verdict? verdict) =>
        (verdict!.Winner, verdict.Score, verdict.RunnerUp, verdict.Doubt);

    /// <summary>A class by the share of the pixels that are red, whatever the scale; a little surer of one scale.</summary>
    private static PreparationChoice FindOfThousand(string sureOf)
    {
        const int side = 160;
        using TemporaryFolder folder = new();
        for (int i = 0; i < 20; i++)
            folder.Draw($"{i}.png", 20 + (10 * i), 20, SKColors.Red, SKColors.Black);

        TensorValue Shares(TensorValue prepared)
        {
            ReadOnlySpan<float> red = prepared.Floats[..(side * side)];
            float least = red[0],
                most = red[0];
            foreach (float value in red)
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            int above = 0;
            foreach (float value in red)
                above += value > (least + most) / 2 ? 1 : 0;
            bool isSurer = sureOf == "all" || (least == -1 && most == 1);
            float[] logits = new float[1000];
            logits[above * 999 / red.Length] = isSurer ? 9.5f : 9;
            return TensorValue.FromFloats([1, 1000], logits);
        }

        return PreparationFinder.Find(
            Input with
            {
                Width = side,
                Height = side,
            },
            new PictureOptions { Channels = ChannelOrder.Rgb, Resize = Quantizer.Pictures.ResizeConvention.Stretch },
            config: null,
            PictureFolder.Open(folder.Path).Choose(512, 0),
            new PreparationProbes(null, Shares, 1000),
            threads: 2,
            CancellationToken.None
        );
    }
}
