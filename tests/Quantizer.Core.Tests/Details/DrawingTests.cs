using System.Runtime.InteropServices;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Details;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Reporting.Details;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Details;

/// <summary>What is drawn over pictures, and pictures made of arrays.</summary>
public class DrawingTests
{
    [Fact]
    public void Boxes_in_pixels_become_shares_of_the_picture()
    {
        DrawnBox box = Assert.Single(
            DrawnBoxes.Of([new ShownBox(new Detection(32, 20, 96, 80, 0.75, 7), IsInt8: true, IsMatched: false)], 128, 100)
        );

        Assert.Equal(
            new DrawnBox(true, false, 7, 0.75, 0.25, 0.2, 0.5, 0.6),
            box with
            {
                Height = Math.Round(box.Height, 12, MidpointRounding.ToEven),
            }
        );
    }

    [Fact]
    public void Boxes_in_shares_stay_as_they_are()
    {
        DrawnBox box = Assert.Single(
            DrawnBoxes.Of([new ShownBox(new Detection(0.25, 0.5, 0.75, 1, 0.5, 1), IsInt8: false, IsMatched: true)], 128, 100)
        );

        Assert.Equal(new DrawnBox(false, true, 1, 0.5, 0.25, 0.5, 0.5, 0.5), box);
    }

    [Fact]
    public void Classes_have_the_customary_colours_and_the_background_none()
    {
        Assert.Equal(default, ClassColours.Of(0));
        Assert.Equal([(128, 0, 0), (0, 128, 0), (128, 128, 0), (64, 128, 128)], new[] { 1, 2, 3, 14 }.Select(Colour));

        static (int, int, int) Colour(int label) => (ClassColours.Of(label).Red, ClassColours.Of(label).Green, ClassColours.Of(label).Blue);
    }

    [Fact]
    public void A_map_becomes_a_picture_of_its_size_with_its_colours()
    {
        string uri = ClassColours.Overlay(new ShownMap(3, 2, [0, 1, 2, 1, 1, 0]), 192);

        Pixels pixels = Decoded(uri, "data:image/png;base64,");
        Assert.Equal((3, 2), (pixels.Width, pixels.Height));
        Assert.Equal([128, 0, 0], pixels.Data[3..6]);
        Assert.Equal([0, 128, 0], pixels.Data[6..9]);
    }

    [Fact]
    public void A_thumbnail_has_its_long_side_and_shows_the_picture()
    {
        byte[] data = [.. Enumerable.Range(0, 200 * 100).SelectMany(_ => new byte[] { 200, 100, 50 })];

        Pixels pixels = Decoded(PictureEncoder.Thumbnail(new Pixels(200, 100, 3, data), 96), "data:image/jpeg;base64,");

        Assert.Equal((96, 48), (pixels.Width, pixels.Height));
        Assert.InRange(pixels.Data[0], 195, 205);
        Assert.InRange(pixels.Data[1], 95, 105);
        Assert.InRange(pixels.Data[2], 45, 55);
    }

    [Fact]
    public void A_small_grey_picture_keeps_its_size()
    {
        Pixels pixels = Decoded(PictureEncoder.Thumbnail(new Pixels(10, 12, 1, new byte[120]), 96), "data:image/jpeg;base64,");

        Assert.Equal((10, 12), (pixels.Width, pixels.Height));
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 8, 9 }, 9, 8, 3)]
    [InlineData(new long[] { 1, 8, 9, 3 }, 9, 8, 3)]
    [InlineData(new long[] { 1, 1, 8, 9 }, 9, 8, 1)]
    public void An_array_that_holds_a_picture_is_shown_from_black_to_white(long[] shape, int width, int height, int channels)
    {
        int length = width * height * channels;
        float[] values = [.. Enumerable.Range(0, length).Select(i => i - 5f)];

        Pixels picture = SamplePicture.Of(Sample(shape, values))!;

        Assert.Equal((width, height, channels), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal((0, 255), (picture.Data.Min(), picture.Data.Max()));
        // The second value lies beside the first one, or one channel on where channels come last.
        bool isChannelsLast = shape[^1] == 3;
        Assert.Equal((byte)Math.Round(255.0 / (length - 1), MidpointRounding.ToEven), picture.Data[isChannelsLast ? 1 : channels]);
    }

    [Fact]
    public void Pictures_of_any_type_are_shown_and_bytes_as_they_are()
    {
        Half[] halves = [.. Enumerable.Range(0, 64).Select(i => (Half)i)];
        byte[] bytes = [.. Enumerable.Range(0, 64).Select(i => (byte)(i + 100))];

        Pixels ofHalves = Of(new TensorValue(ElementType.Float16, [1, 1, 8, 8], MemoryMarshal.AsBytes<Half>(halves).ToArray())),
            ofBytes = Of(new TensorValue(ElementType.UInt8, [1, 8, 8, 1], bytes));

        Assert.Equal((0, 255), (ofHalves.Data.Min(), ofHalves.Data.Max()));
        Assert.Equal(bytes, ofBytes.Data);

        static Pixels Of(TensorValue value) => SamplePicture.Of(new Sample("a", new Dictionary<string, TensorValue> { ["x"] = value }))!;
    }

    [Fact]
    public void Other_arrays_are_no_pictures()
    {
        Assert.Null(SamplePicture.Of(Sample([1, 4, 8, 9], new float[288])));
        Assert.Null(SamplePicture.Of(Sample([1, 64], new float[64])));
    }

    private static Sample Sample(long[] shape, float[] values) =>
        new("a", new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats(shape, values) });

    private static Pixels Decoded(string uri, string kind)
    {
        Assert.StartsWith(kind, uri);
        return PictureDecoder.Decode(Convert.FromBase64String(uri[kind.Length..]), "a");
    }
}
