using System.CommandLine;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Cli.Flags;

/// <summary>How pictures are turned into the model's input. What is not said is found out and reported.</summary>
internal sealed class PictureFlags
{
    private const string Auto = "auto";

    private static readonly string[] s_presets = [Auto, PictureOptions.Guess, .. PresetTable.All.Select(preset => preset.Name)];
    private static readonly string[] s_channels = [.. Enum.GetValues<ChannelOrder>().Select(PictureWords.Of)];
    private static readonly string[] s_resizes = [.. Enum.GetValues<ResizeConvention>().Select(PictureWords.Of)];
    private static readonly string[] s_interpolations = [.. Enum.GetValues<Interpolation>().Select(PictureWords.Of)];
    private static readonly string[] s_layouts = [Auto, .. Enum.GetValues<TensorLayout>().Select(PictureWords.Of)];

    private readonly Option<string?> _preset = Flag.Choice(
        "--preset", "NAME", s_presets,
        $"Scale, mean, std and channel order in one word: {Flag.Or(s_presets)}. The default, {Auto}, finds out which one the model was trained with, and stops where nothing tells; {PictureOptions.Guess} then goes on with the likeliest.");

    private readonly Option<IReadOnlyList<float>?> _mean = Flag.Create<IReadOnlyList<float>?>(
        "--mean", "A,B,C", "Subtracted per channel, after --scale.", "numbers separated by commas, such as 0.485,0.456,0.406",
        static text => (NumberText.TryList(text, out IReadOnlyList<float> values), values));

    private readonly Option<IReadOnlyList<float>?> _std = Flag.Create<IReadOnlyList<float>?>(
        "--std", "A,B,C", "Divided by per channel, after --mean.", "numbers above zero separated by commas, such as 0.229,0.224,0.225",
        static text => (NumberText.TryList(text, out IReadOnlyList<float> values) && values.All(value => value > 0), values));

    private readonly Option<float?> _scale = Flag.Create<float?>(
        "--scale", "X", "Multiplies the bytes 0 to 255 first, such as 1/255.", "a number or a fraction other than zero, such as 1/255",
        static text => (NumberText.TryFraction(text, out float value) && value != 0, value));

    private readonly Option<string?> _channels = Flag.Choice("--channels", "ORDER", s_channels, $"{Flag.Or(s_channels)}.");

    private readonly Option<string?> _resize = Flag.Choice(
        "--resize", "HOW", s_resizes, "stretch, crop (shorter side, then the middle) or letterbox (longer side, then padding).");

    private readonly Option<string?> _interpolation = Flag.Choice("--interpolation", "HOW", s_interpolations, $"Whose resizing to reproduce: {Flag.Or(s_interpolations)}.");

    private readonly Option<(int Width, int Height)?> _size = Flag.Create<(int, int)?>(
        "--size", "WxH", "Needed only when the model's input shape does not say.", "width x height, such as 224x224",
        static text => (NumberText.TrySize(text, out (int, int) size), size));

    private readonly Option<string?> _layout = Flag.Choice("--layout", "ORDER", s_layouts, "Order of the input's axes: auto (from its shape), nchw or nhwc.");

    public FlagGroup Group => new("Pictures (all found out when not given)", [_preset, _mean, _std, _scale, _channels, _resize, _interpolation, _size, _layout]);

    public PictureOptions Read(ParseResult parse) => new()
    {
        Preset = NotAuto(parse.GetValue(_preset)),
        Mean = parse.GetValue(_mean),
        Std = parse.GetValue(_std),
        Scale = parse.GetValue(_scale),
        Channels = parse.GetValue(_channels),
        Resize = parse.GetValue(_resize),
        Interpolation = parse.GetValue(_interpolation),
        Size = parse.GetValue(_size),
        Layout = NotAuto(parse.GetValue(_layout)),
    };

    private static string? NotAuto(string? word) => word == Auto ? null : word;
}
