namespace Quantizer.Preprocessing;

/// <summary>The presets that <c>--preset</c> knows.</summary>
public static class PresetTable
{
    private const float Unit = PicturePreparation.UnitScale;

    /// <summary>In the order in which they win ties.</summary>
    public static IReadOnlyList<PicturePreset> All { get; } =
    [
        new("imagenet", Unit, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f], ChannelOrder.Rgb),
        new("zero-one", Unit, [0f], [1f], ChannelOrder.Rgb),
        new("minus-one-one", Unit, [0.5f], [0.5f], ChannelOrder.Rgb),
        new("raw", 1f, [0f], [1f], ChannelOrder.Rgb),
        new("caffe", 1f, [123f, 117f, 104f], [1f], ChannelOrder.Bgr),
        new("cifar10", Unit, [0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f], ChannelOrder.Rgb),
        new("raw-centered", 1f, [127f], [128f], ChannelOrder.Rgb),
        new("mnist", Unit, [0.1307f], [0.3081f], ChannelOrder.Gray),
    ];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["inception"] = "minus-one-one", ["tf"] = "minus-one-one", ["torch"] = "imagenet", ["ultraface"] = "raw-centered", ["cifar"] = "cifar10",
    };

    /// <summary>A preset by its name or an alias.</summary>
    /// <exception cref="QuantizationException">There is none.</exception>
    public static PicturePreset Named(string name)
    {
        string known = Aliases.GetValueOrDefault(name, name);
        return All.FirstOrDefault(preset => preset.Name.Equals(known, StringComparison.OrdinalIgnoreCase))
            ?? throw new QuantizationException($"--preset {name}: unknown. Expected auto, {PictureOptions.Guess}, {string.Join(", ", All.Select(preset => preset.Name))}.");
    }
}
