namespace Quantizer.Preprocessing;

/// <summary>The order of the axes of a picture input.</summary>
public enum TensorLayout
{
    /// <summary>Samples, channels, rows, columns: PyTorch's.</summary>
    Nchw,

    /// <summary>Samples, rows, columns, channels: TensorFlow's.</summary>
    Nhwc,
}
