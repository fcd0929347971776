using Quantizer.Core.Tests.Pictures;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Preprocessing;

public sealed class PictureSourceTests : IDisposable
{
    private static readonly PictureInput Input = new("input", ElementType.Float, TensorLayout.Nchw, 3, 20, 14);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sample_is_the_prepared_picture_with_its_name_and_label()
    {
        _folder.Write("cat/1.png", EncodedPictures.PngRgb.Bytes);
        _folder.Write("dog/2.jpg", EncodedPictures.JpegTurned.Bytes);
        PictureSource source = Open(2);

        Sample cat = Enumerable.Range(0, 2).Select(source.Load).Single(sample => sample.Name == "cat/1.png");

        TensorValue tensor = Assert.Single(cat.Inputs, input => input.Key == "input").Value;
        Pixels drawn = DrawnPicture.Of(20, 14, 3, seed: 7);
        Assert.Equal([1, 3, 14, 20], tensor.Shape);
        Assert.Equal(0, cat.Label);
        Assert.Equal(drawn.Data[4] / 255f, tensor.Floats[14 * 20 + 1]);
        Assert.Empty(source.Skipped);
    }

    [Fact]
    public void A_broken_picture_is_replaced_by_one_of_its_class_and_recorded()
    {
        for (int i = 0; i < 40; i++)
            _folder.Write($"cat/{i}.png", i % 2 == 0 ? EncodedPictures.PngRgb.Bytes : "broken"u8);
        for (int i = 0; i < 8; i++)
            _folder.Write($"dog/{i}.png", EncodedPictures.PngRgb.Bytes);
        PictureSource source = Open(8);

        Sample[] samples = [.. Enumerable.Range(0, 8).Select(source.Load)];

        Assert.Equal(8, samples.Select(sample => sample.Name).Distinct().Count());
        Assert.Equal(4, samples.Count(sample => sample.Label == 0));
        Assert.DoesNotContain(samples, sample => source.Skipped.Any(skipped => skipped.Name == sample.Name));
        Assert.All(source.Skipped, skipped => Assert.Contains("no JPEG", skipped.Reason));
        Assert.NotEmpty(source.Skipped);
        Assert.Equal(samples.Select(sample => sample.Name), Enumerable.Range(0, 8).Select(source.NameOf));
    }

    [Fact]
    public void Which_pictures_are_used_does_not_depend_on_threads_or_order()
    {
        for (int i = 0; i < 60; i++)
            _folder.Write($"{i}.png", i % 3 == 0 ? "broken"u8 : EncodedPictures.PngRgb.Bytes);

        string[] forward = Used(Enumerable.Range(0, 24));
        string[] backward = Used(Enumerable.Range(0, 24).Reverse());
        PictureSource source = Open(24);
        string[] parallel = new string[24];
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => parallel[i] = TryLoad(source, i));

        Assert.Equal(forward, backward);
        Assert.Equal(forward, parallel);
        Assert.Equal(Open(24).Count, forward.Length);
    }

    [Fact]
    public void Without_a_spare_the_broken_picture_is_named()
    {
        _folder.Write("a.png", EncodedPictures.PngRgb.Bytes);
        _folder.Write("b.png", EncodedPictures.PngRgb.Bytes.AsSpan(0, 300));
        PictureSource source = Open(2);

        int broken = Enumerable.Range(0, 2).Single(i => source.NameOf(i) == "b.png");
        BrokenSampleException first = Assert.Throws<BrokenSampleException>(() => source.Load(broken));
        BrokenSampleException again = Assert.Throws<BrokenSampleException>(() => source.Load(broken));

        Assert.Equal(new SkippedSample("b.png", first.Reason), Assert.Single(source.Skipped));
        Assert.Contains("truncated", first.Message);
        Assert.Equal(first.Reason, again.Reason);
    }

    private PictureSource Open(int count) =>
        new(
            PictureFolder.Open(_folder.Path).Choose(count, 0),
            Input,
            CandidateTable.For(Input, new PictureOptions { Preset = PicturePreset.ZeroOne })[0].Preparation
        );

    private string[] Used(IEnumerable<int> order)
    {
        PictureSource source = Open(24);
        return [.. order.Select(i => (i, Name: TryLoad(source, i))).OrderBy(pair => pair.i).Select(pair => pair.Name)];
    }

    private static string TryLoad(PictureSource source, int index)
    {
        try
        {
            return source.Load(index).Name;
        }
        catch (BrokenSampleException broken)
        {
            return broken.Sample;
        }
    }
}
