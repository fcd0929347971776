using System.Text;
using Quantizer.Pictures;
using Quantizer.Preprocessing;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Preprocessing;

public sealed class PreprocessorConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_vision_transformers_file_is_read()
    {
        PictureOptions options = Read(
            """
            {"do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
             "image_processor_type": "ViTImageProcessor", "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": 224, "width": 192}}
            """
        );

        Assert.Equal(1f / 255f, options.Scale);
        Assert.Equal([0.5f, 0.5f, 0.5f], options.Mean);
        Assert.Equal([0.5f, 0.5f, 0.5f], options.Std);
        Assert.Equal(
            (ResizeConvention.Stretch, Interpolation.PillowBilinear, (192, 224)),
            (options.Resize, options.Interpolation, options.Size)
        );
    }

    [Fact]
    public void A_centre_crop_gives_size_and_ratio()
    {
        PictureOptions options = Read(
            """
            {"do_center_crop": true, "crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 256}, "resample": 3,
             "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
            """
        );

        Assert.Equal(
            (ResizeConvention.Crop, Interpolation.PillowBicubic, (224, 224), 0.875),
            (options.Resize, options.Interpolation, options.Size, options.CropRatio)
        );
        Assert.Equal(1f / 255f, options.Scale);
    }

    [Fact]
    public void Older_files_say_sizes_as_numbers()
    {
        PictureOptions options = Read(
            """{"size": 256, "do_center_crop": true, "crop_size": 240, "do_normalize": false, "do_rescale": false}"""
        );

        Assert.Equal((1f, (240, 240), 0.9375), (options.Scale!.Value, options.Size!.Value, options.CropRatio!.Value));
        Assert.Equal([0f, 1f], options.Mean!.Concat(options.Std!));
    }

    [Fact]
    public void A_shortest_edge_alone_keeps_the_shape_without_enlarging_before_the_cut() =>
        Assert.Equal(
            (ResizeConvention.Crop, (224, 224), 1.0),
            Read("""{"size": {"shortest_edge": 224}}""") is { } options ? (options.Resize, options.Size!.Value, options.CropRatio) : default
        );

    [Theory]
    [InlineData("""{"size": {"shortest_edge": 800, "longest_edge": 1333}}""", ResizeConvention.Stretch)]
    [InlineData("""{"size": {"longest_edge": 1024}, "do_pad": true}""", ResizeConvention.Letterbox)]
    public void A_longest_edge_leaves_the_size_to_model_and_pictures(string text, ResizeConvention resize)
    {
        PictureOptions options = Read(text);

        Assert.Equal((resize, null), (options.Resize, options.Size));
    }

    [Fact]
    public void An_offset_after_rescaling_is_a_larger_mean()
    {
        PictureOptions options = Read(
            """
            {"rescale_factor": 0.00784313725490196, "rescale_offset": true, "do_normalize": false, "size": [240, 320],
             "resample": "bicubic"}
            """
        );

        // Bytes 0 and 255 become -1 and 1.
        Assert.Equal((-1f, 1f), ((0 - options.Mean![0]) / options.Std![0], MathF.Round((255 * options.Scale!.Value) - options.Mean[0], 5)));
        Assert.Equal(((320, 240), Interpolation.PillowBicubic), (options.Size!.Value, options.Interpolation));
    }

    [Fact]
    public void A_flipped_channel_order_is_BGR() => Assert.Equal(ChannelOrder.Bgr, Read("""{"do_flip_channel_order": true}""").Channels);

    [Theory]
    [InlineData("not json", "cannot be read as JSON")]
    [InlineData("[]", "an object")]
    [InlineData("""{"image_mean": "half"}""", "image_mean should hold finite numbers")]
    [InlineData("""{"image_mean": [0.5], "image_std": [0]}""", "image_std should hold numbers other than zero")]
    [InlineData("""{"size": {"depth": 3}}""", "'height' and 'width'")]
    [InlineData("""{"size": -4}""", "size should hold whole numbers above zero")]
    [InlineData("""{"resample": 0}""", "resample 0 is not offered")]
    [InlineData("""{"resample": "hamming"}""", "resample should hold a number or one of lanczos")]
    [InlineData("""{"do_rescale": "yes"}""", "do_rescale should hold true or false")]
    public void A_wrong_file_is_an_error_that_names_it_and_the_entry(string text, string expected)
    {
        string message = Assert.Throws<QuantizationException>(() => Read(text)).Message;

        Assert.Contains(expected, message);
        Assert.Contains(PreprocessorConfig.FileName, message);
    }

    [Fact]
    public void It_is_looked_for_beside_the_model_and_above_a_folder_named_onnx()
    {
        Assert.Null(PreprocessorConfig.PathFor(Path.Combine(_folder.Path, "onnx", "model.onnx")));
        string above = _folder.Write(PreprocessorConfig.FileName, "{}"u8);
        Assert.Equal(above, PreprocessorConfig.PathFor(Path.Combine(_folder.Path, "model.onnx")));
        Assert.Equal(above, PreprocessorConfig.PathFor(Path.Combine(_folder.Path, "onnx", "model.onnx")));
        Assert.Null(PreprocessorConfig.PathFor(Path.Combine(_folder.Path, "other", "model.onnx")));
    }

    [Fact]
    public void Flags_win_over_it_and_values_are_one_thing_said()
    {
        PictureOptions config = new()
        {
            Scale = 1f,
            Mean = [0.1f],
            Std = [0.2f],
            Channels = ChannelOrder.Bgr,
            Resize = ResizeConvention.Crop,
            CropRatio = 0.9,
            Size = (8, 8),
        };

        PictureOptions merged = new PictureOptions { Preset = PicturePreset.ImageNet, Resize = ResizeConvention.Stretch }.Over(config);

        Assert.Equal((PicturePreset.ImageNet, null, null, null), (merged.Preset, merged.Mean, merged.Std, merged.Scale));
        Assert.Equal(
            (ChannelOrder.Bgr, ResizeConvention.Stretch, null, (8, 8)),
            (merged.Channels, merged.Resize, merged.CropRatio, merged.Size)
        );
        Assert.Equal(config, new PictureOptions().Over(config));
    }

    private PictureOptions Read(string text) =>
        PreprocessorConfig.Read(_folder.Write(PreprocessorConfig.FileName, Encoding.UTF8.GetBytes(text)));
}
