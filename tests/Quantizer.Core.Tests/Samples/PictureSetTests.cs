using Quantizer.Core.Tests.Pictures;
using Quantizer.Pictures;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples;

public sealed class PictureSetTests : IDisposable
{
    private const int Pictures = 10;
    private static readonly PictureGeometry Geometry = new(20, 14, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false);
    private static readonly long PictureBytes = Geometry.Width * Geometry.Height * 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_that_ask_for_a_turn_are_told()
    {
        _folder.Write("a.jpg", EncodedPictures.JpegTurned.Bytes);
        _folder.Write("b.jpg", EncodedPictures.JpegSubsampled.Bytes);
        PictureSet pictures = PictureFolder.Open(_folder.Path).Choose(2, 0);

        for (int i = 0; i < 2; i++)
            pictures.Load(i, Geometry);

        Assert.Equal(["a.jpg"], pictures.AskingForTurn);
    }

    [LinuxFact]
    public void With_memory_for_all_no_picture_is_opened_twice()
    {
        PictureSet pictures = Set(memory: Pictures * PictureBytes);
        using OpenedFiles opened = new(_folder.Path);

        Try(pictures, Pictures / 2);
        for (int pass = 0; pass < 3; pass++)
            Pass(pictures);

        Assert.Equal(Enumerable.Repeat(1, Pictures), opened.Counts().Values);
    }

    [LinuxFact]
    public void Without_memory_pictures_are_tried_and_read_at_one_opening_each()
    {
        PictureSet pictures = Set(memory: 0);
        using OpenedFiles opened = new(_folder.Path);

        Try(pictures, Pictures / 2);
        Pass(pictures);

        Assert.Equal(Enumerable.Repeat(1, Pictures), opened.Counts().Values);
    }

    [LinuxFact]
    public void What_does_not_fit_is_opened_twice_when_it_is_tried_and_read_twice()
    {
        PictureSet pictures = Set(memory: 3 * PictureBytes);
        using OpenedFiles opened = new(_folder.Path);

        Try(pictures, Pictures / 2);
        Pass(pictures);
        Pass(pictures);

        Assert.Equal(3, opened.Counts().Values.Count(times => times == 1));
        Assert.Equal(Pictures - 3, opened.Counts().Values.Count(times => times == 2));
    }

    [LinuxFact]
    public void A_look_at_the_headers_leaves_out_what_is_read_before_anyway()
    {
        PictureSet set = Set(memory: 0),
            half = PictureFolder.Open(_folder.Path).Choose(Pictures / 2, 0);
        using OpenedFiles opened = new(_folder.Path);

        Assert.Equal(Pictures, set.CountReadable(new SampleWorkers(2, CancellationToken.None), readBefore: half));

        Assert.Equal(Pictures / 2, opened.Counts().Count);
        Assert.DoesNotContain(half.FileOf(0).Name, opened.Counts().Keys);
    }

    [Fact]
    public void A_picture_from_memory_is_the_one_that_was_decoded()
    {
        PictureSet kept = Set(memory: Pictures * PictureBytes),
            decoded = PictureFolder.Open(_folder.Path).Choose(Pictures, 0);
        Pass(kept);
        foreach (string name in _folder.Names[..5])
            File.Delete(_folder.File(name));

        for (int i = 0; i < Pictures; i++)
        {
            LoadedPicture picture = kept.Load(i, Geometry);
            if (File.Exists(_folder.File(picture.Name)))
                Assert.Equal(decoded.Load(i, Geometry).Pixels.Data, picture.Pixels.Data);
        }
        Assert.Empty(kept.Skipped);
    }

    [Fact]
    public void A_picture_kept_in_one_geometry_is_not_given_in_another()
    {
        PictureSet pictures = Set(memory: Pictures * PictureBytes);
        Pass(pictures);

        Assert.Equal(10, pictures.Load(0, Geometry with { Width = 10 }).Pixels.Width);
        Assert.Equal(20, pictures.Load(0, Geometry).Pixels.Width);
    }

    [Fact]
    public void A_picture_deleted_between_two_passes_is_a_broken_one()
    {
        PictureSet pictures = Set(memory: 0);
        Pass(pictures);
        LoadedPicture gone = pictures.Load(4, Geometry);
        File.Delete(_folder.File(gone.Name));

        SampleReader<LoadedPicture> reader = new(Pictures, index => pictures.Load(index, Geometry));
        LoadedPicture?[] second = [.. Enumerable.Range(0, Pictures).Select(reader.Load)];

        Assert.Equal(Pictures - 1, second.Count(picture => picture is not null));
        Assert.Equal(gone.Name, Assert.Single(reader.Skipped).Name);
        Assert.Equal(reader.Skipped, pictures.Skipped);
    }

    private PictureSet Set(long memory)
    {
        for (int i = 0; i < Pictures; i++)
            _folder.Write($"{i}.png", i % 2 == 0 ? EncodedPictures.PngRgb.Bytes : EncodedPictures.PngPalette.Bytes);
        return PictureFolder.Open(_folder.Path).Choose(Pictures, 0, memory);
    }

    /// <summary>As the search for the preparation does.</summary>
    private static void Try(PictureSet pictures, int count)
    {
        for (int i = 0; i < count; i++)
            pictures.Load(i, Geometry, keep: true);
    }

    private static void Pass(PictureSet pictures) =>
        new SampleWorkers(3, CancellationToken.None).Run(Pictures, index => pictures.Load(index, Geometry));
}
