using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The words that the command line and reports use for choices about pictures.</summary>
public static class PictureWords
{
    private static readonly (string Word, ChannelOrder Value)[] Channels =
        [("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr), ("gray", ChannelOrder.Gray)];

    private static readonly (string Word, TensorLayout Value)[] Layouts = [("nchw", TensorLayout.Nchw), ("nhwc", TensorLayout.Nhwc)];

    private static readonly (string Word, ResizeConvention Value)[] Resizes =
        [("stretch", ResizeConvention.Stretch), ("crop", ResizeConvention.Crop), ("letterbox", ResizeConvention.Letterbox)];

    private static readonly (string Word, Interpolation Value)[] Interpolations =
    [
        ("pillow-bilinear", Interpolation.PillowBilinear), ("pillow-bicubic", Interpolation.PillowBicubic), ("pillow-box", Interpolation.PillowBox),
        ("pillow-lanczos", Interpolation.PillowLanczos), ("opencv-linear", Interpolation.OpenCvLinear),
    ];

    public static string Of(ChannelOrder value) => Word(Channels, value);

    public static string Of(TensorLayout value) => Word(Layouts, value);

    public static string Of(ResizeConvention value) => Word(Resizes, value);

    public static string Of(Interpolation value) => Word(Interpolations, value);

    /// <exception cref="QuantizationException">No such channel order.</exception>
    public static ChannelOrder ChannelsOf(string word) => Parse(Channels, word, "--channels");

    /// <exception cref="QuantizationException">No such layout.</exception>
    public static TensorLayout LayoutOf(string word) => Parse(Layouts, word, "--layout");

    /// <exception cref="QuantizationException">No such convention.</exception>
    public static ResizeConvention ResizeOf(string word) => Parse(Resizes, word, "--resize");

    /// <exception cref="QuantizationException">No such interpolation.</exception>
    public static Interpolation InterpolationOf(string word) => Parse(Interpolations, word, "--interpolation");

    private static string Word<T>((string Word, T Value)[] table, T value) where T : struct, Enum => table.First(entry => entry.Value.Equals(value)).Word;

    private static T Parse<T>((string Word, T Value)[] table, string word, string option)
    {
        foreach ((string known, T value) in table)
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase)) return value;
        throw new QuantizationException($"{option} {word}: unknown. Expected one of {string.Join(", ", table.Select(entry => entry.Word))}.");
    }
}
