using Quantizer.Pictures;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class TrialPicturesTests : IDisposable
{
    private static readonly PictureGeometry Geometry = new(8, 8, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false);

    private readonly TemporaryFolder _folder = new();

    public TrialPicturesTests()
    {
        for (int i = 0; i < 5; i++)
            _folder.Write($"{i}.png", "no picture"u8);
    }

    private TrialPictures Pictures => new(Chosen, Geometry, new SampleWorkers(2, CancellationToken.None));

    private PictureSet Chosen => PictureFolder.Open(_folder.Path).Choose(5, seed: 0);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Broken_ones_at_the_beginning_hide_no_good_ones(int good)
    {
        PictureSet set = Chosen;
        for (int last = 5 - good; last < 5; last++)
            _folder.Draw(set.FileOf(last).Name, 8, 8, SKColors.Red);

        TrialPictures pictures = Pictures;

        Assert.Single(pictures.First(1));
        Assert.Equal(good, pictures.First(5).Count);
    }

    [Fact]
    public void That_none_can_be_read_is_told_of_all() =>
        Assert.Contains(
            "none of 5 samples can be read. The first: '0.png'",
            Assert.Throws<QuantizationException>(() => Pictures.First(1)).Message
        );
}
