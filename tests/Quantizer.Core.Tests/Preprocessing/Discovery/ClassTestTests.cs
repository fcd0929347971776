using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class ClassTestTests
{
    private const int Size = 8,
        Pictures = 300;

    /// <summary>Two scales are told apart by nothing, all others are right half of the time.</summary>
    [Fact]
    public void While_two_are_level_what_is_clearly_behind_is_not_asked_about_more_pictures()
    {
        using TemporaryFolder classes = new();
        for (int i = 0; i < Pictures; i++)
            classes.Draw($"{i % 2}/{i}.png", Size, Size, i % 2 == 0 ? new SKColor(255, 0, 0) : new SKColor(0, 255, 0));
        int level = 0,
            behind = 0;

        TensorValue Scores(TensorValue prepared)
        {
            bool isUnshifted = prepared.Floats[2 * Size * Size] == 0;
            Interlocked.Increment(ref isUnshifted ? ref level : ref behind);
            return TensorValue.FromFloats([1, 2], isUnshifted && prepared.Floats[0] == 0 ? [0, 1] : [1, 0]);
        }

        PreparationChoice choice = PreparationFinder.Find(
            new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size),
            new PictureOptions { AcceptsGuess = true, Channels = ChannelOrder.Rgb },
            config: null,
            PictureFolder.Open(classes.Path).Choose(512, 0),
            new PreparationProbes(null, Scores),
            threads: 2,
            CancellationToken.None
        );

        Assert.Equal("zero-one", choice.Preset);
        Assert.InRange(level, 2 * 256, 2 * Pictures);
        // One of them was asked what kind of network it is, too.
        Assert.Equal(5 * 64 + 2, behind);
    }
}
