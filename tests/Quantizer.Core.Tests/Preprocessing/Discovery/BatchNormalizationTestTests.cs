using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>A normalization of three channels that says of both channel orders how far off each of its channels is.</summary>
public sealed class BatchNormalizationTestTests : IDisposable
{
    private const int Size = 32;

    private readonly TemporaryFolder _folder = new();

    public BatchNormalizationTestTests()
    {
        for (int i = 0; i < 20; i++)
            _folder.Draw($"{i}.png", Size, Size, SKColors.Red);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { 0.3f, 0.3f, 0.3f }, new[] { 0.6f, 0.6f, 0.6f }, "rgb", false)]
    [InlineData(new[] { 0.6f, 0.6f, 0.6f }, new[] { 0.3f, 0.3f, 0.3f }, "bgr", false)]
    // In the middle of the channels one order is nearer, over all of them the other.
    [InlineData(new[] { 0.14f, 0.14f, 1.3f }, new[] { 0.6f, 0.6f, 0.6f }, "rgb", true)]
    [InlineData(new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.3f, 0.3f, 1.3f }, "rgb", true)]
    public void Where_mean_and_median_disagree_the_customary_order_is_taken_and_said_to_be_doubtful(
        float[] redFirst,
        float[] blueFirst,
        string order,
        bool isDoubtful
    )
    {
        // Values of variance 1 around what each channel is off by.
        TensorValue Seen(TensorValue prepared)
        {
            float[] off = prepared.Floats[0] > prepared.Floats[^1] ? redFirst : blueFirst;
            return TensorValue.FromFloats([1, 3, 1, 2], [.. off.SelectMany(shift => new[] { shift - 1, shift + 1 })]);
        }

        using BatchNormalizationProbe probe = new("bn", [0f, 0f, 0f], [1f, 1f, 1f], Seen);
        PreparationChoice choice = PreparationFinder.Find(
            new PictureInput("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size),
            new PictureOptions { Mean = [0.5f], Std = [0.5f] },
            config: null,
            PictureFolder.Open(_folder.Path).Choose(512, 0),
            new PreparationProbes(probe, FirstOutput: null),
            threads: 2,
            CancellationToken.None
        );

        Assert.Equal(ChoiceGround.BatchNormalization, choice.ChosenBy);
        Assert.EndsWith($"--channels {order}", choice.Flags, StringComparison.Ordinal);
        Assert.Equal(isDoubtful ? "channel order" : null, choice.Doubt);
    }
}
