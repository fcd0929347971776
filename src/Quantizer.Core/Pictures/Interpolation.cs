namespace Quantizer.Pictures;

/// <summary>How a picture's values are interpolated when it is resized. The libraries differ by up to 139 of 255 for the same
/// picture.</summary>
public enum Interpolation
{
    /// <summary>Pillow's and torchvision's bilinear: widens its window when shrinking. The default.</summary>
    PillowBilinear,

    /// <summary>Pillow's bicubic, a = -0.5.</summary>
    PillowBicubic,

    /// <summary>Pillow's box.</summary>
    PillowBox,

    /// <summary>Pillow's Lanczos of three lobes.</summary>
    PillowLanczos,

    /// <summary>OpenCV's INTER_LINEAR on bytes: always two by two values.</summary>
    OpenCvLinear,
}
