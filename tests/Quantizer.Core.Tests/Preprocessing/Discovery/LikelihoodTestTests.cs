using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class LikelihoodTestTests
{
    private const int Size = 32;

    [Theory]
    // Right in every scale; surest of the right class where bytes come as they are, or where nothing is added to that.
    [InlineData("raw", 40, true)]
    [InlineData("zero-one", 40, true)]
    // Too few to tell.
    [InlineData("raw", 12, false)]
    public void Candidates_that_are_right_equally_often_are_told_apart_by_the_probability_of_the_right_classes(
        string surest,
        int pictures,
        bool isTold
    )
    {
        using TemporaryFolder classes = new();
        for (int i = 0; i < pictures; i++)
        {
            byte bright = (byte)(255 - i);
            classes.Draw($"{i % 2}/{i}.png", Size, Size, i % 2 == 0 ? new SKColor(bright, 0, 0) : new SKColor(0, bright, 0));
        }
        float contrast = surest == "raw" ? 255 : 1;

        TensorValue Surest(TensorValue prepared)
        {
            float difference = prepared.Floats[0] - prepared.Floats[Size * Size];
            float sureness = 3 - MathF.Abs(MathF.Log(MathF.Abs(difference) / contrast) / 2);
            return TensorValue.FromFloats([1, 2], difference > 0 ? [sureness, 0] : [0, sureness]);
        }

        PictureOptions flags = new() { AcceptsGuess = true, Channels = ChannelOrder.Rgb };
        PreparationChoice choice = PreparationFinder.Find(
            new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size),
            flags,
            config: null,
            PictureFolder.Open(classes.Path).Choose(512, 0),
            new PreparationProbes(null, Surest),
            threads: 2,
            CancellationToken.None
        );

        Assert.Equal(isTold, choice.ChosenBy == ChoiceGround.ClassLikelihood);
        Assert.True(!isTold || choice.Preset == surest, choice.Explanation);
    }
}
