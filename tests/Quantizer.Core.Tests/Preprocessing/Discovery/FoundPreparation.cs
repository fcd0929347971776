using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>What the finder chooses for small coloured pictures, and the pictures and networks that it chooses by.</summary>
internal static class FoundPreparation
{
    public const int Size = 8;

    public static readonly PictureOptions Guess = new() { AcceptsGuess = true };

    private static readonly PictureInput Input = new("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size);

    public static PreparationChoice Find(
        PictureOptions flags,
        string folder,
        PictureOptions? config = null,
        BatchNormalizationProbe? probe = null,
        Func<TensorValue, TensorValue>? scores = null,
        int threads = 2
    ) =>
        PreparationFinder.Find(
            Input,
            flags,
            config,
            PictureFolder.Open(folder).Choose(512, 0),
            new PreparationProbes(probe, scores),
            threads,
            CancellationToken.None
        );

    public static PreparationCandidate Candidate(string preset, string channels) =>
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

    /// <summary>A normalization that was trained on the folder's pictures, prepared in one way.</summary>
    public static BatchNormalizationProbe Remembering(
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

    /// <summary>A picture of nearly one colour, a little brighter to the right and below.</summary>
    public static void Draw(TemporaryFolder folder, string name, int red, int green, int blue)
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
