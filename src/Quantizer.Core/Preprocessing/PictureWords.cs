using Quantizer.Choices;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The words for choices about pictures.</summary>
internal static class PictureWords
{
    public static WordTable<ChannelOrder> Channels { get; } =
        new(
            "order of channels",
            (ChannelOrder.Rgb, "rgb", "puts red first"),
            (ChannelOrder.Bgr, "bgr", "puts blue first"),
            (ChannelOrder.Gray, "gray", "is one channel of luma")
        );

    public static WordTable<TensorLayout> Layouts { get; } =
        new("layout", (TensorLayout.Nchw, "nchw", "puts channels before rows and columns"), (TensorLayout.Nhwc, "nhwc", "puts them last"));

    public static WordTable<ResizeConvention> Resizes { get; } =
        new(
            "way of resizing",
            (ResizeConvention.Stretch, "stretch", "scales each side by itself"),
            (ResizeConvention.Crop, "crop", "fits the shorter side, then keeps the middle"),
            (ResizeConvention.Letterbox, "letterbox", "fits the longer side, then pads")
        );

    public static WordTable<Interpolation> Interpolations { get; } =
        new(
            "interpolation",
            (Interpolation.PillowBilinear, "pillow-bilinear", "is torchvision's"),
            (Interpolation.PillowBicubic, "pillow-bicubic", "is that of many transformers"),
            (Interpolation.PillowBox, "pillow-box", "takes the plain mean"),
            (Interpolation.PillowLanczos, "pillow-lanczos", "is the sharpest"),
            (Interpolation.OpenCvLinear, "opencv-linear", "is OpenCV's own")
        );

    public static string Of(ChannelOrder value) => Channels.WordOf(value);

    public static string Of(TensorLayout value) => Layouts.WordOf(value);

    public static string Of(ResizeConvention value) => Resizes.WordOf(value);

    public static string Of(Interpolation value) => Interpolations.WordOf(value);
}
