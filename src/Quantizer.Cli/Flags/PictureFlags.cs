using System.CommandLine;
using Quantizer.Pictures;
using Quantizer.Preprocessing;

namespace Quantizer.Cli.Flags;

/// <summary>How pictures are turned into the model's input. What is not said is found out and reported.</summary>
internal sealed class PictureFlags
{
    private static readonly string[] Presets = [Flag.Auto, PictureOptions.Guess, .. PicturePreset.All.Select(preset => preset.Name)];

    private readonly Option<string?> _preset = Flag.Choice(
        "--preset",
        "NAME",
        Presets,
        $"Scale, mean, std and channel order in one word: {Flag.Or(Presets)}. The default, {Flag.Auto}, finds out which one the model was "
            + $"trained with, and stops where nothing tells; {PictureOptions.Guess} then goes on with the likeliest, as compare does."
    );

    private readonly Option<IReadOnlyList<float>?> _mean = Flag.Create<IReadOnlyList<float>?>(
        "--mean",
        "A,B,C",
        "Subtracted per channel, after --scale.",
        "numbers separated by commas, such as 0.485,0.456,0.406",
        static text => (NumberText.TryList(text, out IReadOnlyList<float> values), values)
    );

    private readonly Option<IReadOnlyList<float>?> _std = Flag.Create<IReadOnlyList<float>?>(
        "--std",
        "A,B,C",
        "Divided by per channel, after --mean.",
        "numbers above zero separated by commas, such as 0.229,0.224,0.225",
        static text => (NumberText.TryList(text, out IReadOnlyList<float> values) && values.All(value => value > 0), values)
    );

    private readonly Option<float?> _scale = Flag.Create<float?>(
        "--scale",
        "X",
        "Multiplies the bytes 0 to 255 first, such as 1/255.",
        "a number or a fraction other than zero, such as 1/255",
        static text => (NumberText.TryFraction(text, out float value) && value != 0, value)
    );

    private readonly Option<ChannelOrder?> _channels = Flag.Choice(
        "--channels",
        "ORDER",
        PictureWords.Channels,
        PictureWords.Channels.Explain()
    );

    private readonly Option<ResizeConvention?> _resize = Flag.Choice(
        "--resize",
        "HOW",
        PictureWords.Resizes,
        PictureWords.Resizes.Explain()
    );

    private readonly Option<Interpolation?> _interpolation = Flag.Choice(
        "--interpolation",
        "HOW",
        PictureWords.Interpolations,
        $"Whose resizing to reproduce: {PictureWords.Interpolations.Explain()}"
    );

    private readonly Option<(int Width, int Height)?> _size = Flag.Create<(int, int)?>(
        "--size",
        "WxH",
        "Needed only when the model's input shape does not say.",
        "width x height, such as 224x224",
        static text => (NumberText.TrySize(text, out (int, int) size), size)
    );

    private readonly Option<string?> _layout = Flag.Choice(
        "--layout",
        "ORDER",
        [Flag.Auto, .. PictureWords.Layouts.Words],
        $"Order of the input's axes: {Flag.Auto} goes by its shape; {PictureWords.Layouts.Explain()}"
    );

    public FlagGroup Group =>
        new("Pictures (all found out when not given)", [_preset, _mean, _std, _scale, _channels, _resize, _interpolation, _size, _layout]);

    public PictureOptions Read(ParseResult parse) =>
        new()
        {
            Preset = PicturePreset.TryParse(parse.GetValue(_preset), out PicturePreset? preset) ? preset : null,
            AcceptsGuess = parse.GetValue(_preset) == PictureOptions.Guess,
            Mean = parse.GetValue(_mean),
            Std = parse.GetValue(_std),
            Scale = parse.GetValue(_scale),
            Channels = parse.GetValue(_channels),
            Resize = parse.GetValue(_resize),
            Interpolation = parse.GetValue(_interpolation),
            Size = parse.GetValue(_size),
            Layout = PictureWords.Layouts.TryParse(parse.GetValue(_layout), out TensorLayout layout) ? layout : null,
        };
}
