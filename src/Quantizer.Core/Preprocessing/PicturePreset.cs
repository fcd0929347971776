using System.Diagnostics.CodeAnalysis;

namespace Quantizer.Preprocessing;

/// <summary>
/// A customary preparation of values. Each static member is one row of the table that the command line, its help and the search for
/// a model's preparation are made from.
/// </summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Scale">Multiplies the bytes 0..255 first.</param>
/// <param name="Mean">One value for all channels, or those of R, G and B, in units after scaling.</param>
/// <param name="Std">As <paramref name="Mean"/>; never zero.</param>
/// <param name="Channels">The order that goes with it when none is asked for, in models of three channels.</param>
public sealed record PicturePreset(string Name, float Scale, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, ChannelOrder Channels)
{
    private const float Unit = PicturePreparation.UnitScale;

    // Filled by the rows below, in the order in which they win ties.
    private static readonly List<PicturePreset> Rows = [];

    /// <summary>torchvision's: 0..1, less ImageNet's mean, by its standard deviation.</summary>
    public static PicturePreset ImageNet { get; } =
        Row(new("imagenet", Unit, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f], ChannelOrder.Rgb));

    /// <summary>0..1.</summary>
    public static PicturePreset ZeroOne { get; } = Row(new("zero-one", Unit, [0f], [1f], ChannelOrder.Rgb));

    /// <summary>-1..1.</summary>
    public static PicturePreset MinusOneOne { get; } = Row(new("minus-one-one", Unit, [0.5f], [0.5f], ChannelOrder.Rgb));

    /// <summary>Bytes as they are, 0..255.</summary>
    public static PicturePreset Raw { get; } = Row(new("raw", 1f, [0f], [1f], ChannelOrder.Rgb));

    /// <summary>Bytes less a mean, blue first.</summary>
    public static PicturePreset Caffe { get; } = Row(new("caffe", 1f, [123f, 117f, 104f], [1f], ChannelOrder.Bgr));

    /// <summary>0..1, less CIFAR-10's mean, by its standard deviation.</summary>
    public static PicturePreset Cifar10 { get; } =
        Row(new("cifar10", Unit, [0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f], ChannelOrder.Rgb));

    /// <summary>Bytes less 127, by 128.</summary>
    public static PicturePreset RawCentered { get; } = Row(new("raw-centered", 1f, [127f], [128f], ChannelOrder.Rgb));

    /// <summary>0..1, less MNIST's mean, by its standard deviation.</summary>
    public static PicturePreset Mnist { get; } = Row(new("mnist", Unit, [0.1307f], [0.3081f], ChannelOrder.Gray));

    /// <summary>All rows, in the order in which they win ties.</summary>
    internal static IReadOnlyList<PicturePreset> All { get; } = [.. Rows];

    /// <summary>It has values of its own for R, G and B, and so no meaning for one channel.</summary>
    internal bool IsColoured => Mean.Count > 1 || Std.Count > 1;

    /// <summary>Reads a preset's name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the valid ones.</exception>
    public static PicturePreset Parse(string name) =>
        TryParse(name, out PicturePreset? preset)
            ? preset
            : throw new ArgumentException(
                $"'{name}' is no preset; expected one of {string.Join(", ", All.Select(known => known.Name))}.",
                nameof(name)
            );

    /// <summary>Reads a preset's name; false when there is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out PicturePreset? preset)
    {
        preset = All.FirstOrDefault(known => known.Name == name);
        return preset is not null;
    }

    /// <summary>Mean per channel in the given order: a channel's mean moves with its colour.</summary>
    internal IReadOnlyList<float> MeanIn(ChannelOrder channels) => Ordered(Mean, channels);

    /// <summary>Std per channel in the given order.</summary>
    internal IReadOnlyList<float> StdIn(ChannelOrder channels) => Ordered(Std, channels);

    private static PicturePreset Row(PicturePreset row)
    {
        Rows.Add(row);
        return row;
    }

    private static IReadOnlyList<float> Ordered(IReadOnlyList<float> values, ChannelOrder channels)
    {
        if (channels == ChannelOrder.Gray)
            return [values[0]];
        if (values.Count == 1)
            return [values[0], values[0], values[0]];
        return channels == ChannelOrder.Bgr ? [values[2], values[1], values[0]] : values;
    }
}
