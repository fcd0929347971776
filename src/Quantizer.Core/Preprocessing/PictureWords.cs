using Quantizer.Choices;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The words for choices about pictures.</summary>
internal static class PictureWords
{
    public static WordTable<ChannelOrder> Channels { get; } = new(
        "order of channels",
        (ChannelOrder.Rgb, "rgb", "is red first"),
        (ChannelOrder.Bgr, "bgr", "blue first"),
        (ChannelOrder.Gray, "gray", "one channel of luma"));

    public static WordTable<TensorLayout> Layouts { get; } = new(
        "layout",
        (TensorLayout.Nchw, "nchw", "is channels before rows and columns"),
        (TensorLayout.Nhwc, "nhwc", "channels last"));

    public static WordTable<ResizeConvention> Resizes { get; } = new(
        "way of resizing",
        (ResizeConvention.Stretch, "stretch", "scales each side by itself"),
        (ResizeConvention.Crop, "crop", "fits the shorter side, then keeps the middle"),
        (ResizeConvention.Letterbox, "letterbox", "fits the longer side, then pads"));

    public static WordTable<Interpolation> Interpolations { get; } = new(
        "interpolation",
        (Interpolation.PillowBilinear, "pillow-bilinear", "is torchvision's"),
        (Interpolation.PillowBicubic, "pillow-bicubic", "that of many transformers"),
        (Interpolation.PillowBox, "pillow-box", "the plain mean"),
        (Interpolation.PillowLanczos, "pillow-lanczos", "the sharpest"),
        (Interpolation.OpenCvLinear, "opencv-linear", "OpenCV's own bilinear"));

    public static string Of(ChannelOrder value) => Channels.WordOf(value);

    public static string Of(TensorLayout value) => Layouts.WordOf(value);

    public static string Of(ResizeConvention value) => Resizes.WordOf(value);

    public static string Of(Interpolation value) => Interpolations.WordOf(value);
}
