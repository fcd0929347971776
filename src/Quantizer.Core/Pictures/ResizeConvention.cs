namespace Quantizer.Pictures;

/// <summary>How a picture of any shape becomes one of the model's.</summary>
public enum ResizeConvention
{
    /// <summary>Each axis by its own factor. The default.</summary>
    Stretch,

    /// <summary>Cover the size divided by the crop ratio, then cut out the centre, as torchvision's Resize and CenterCrop do.</summary>
    Crop,

    /// <summary>Fit inside, centred on grey 114, as the YOLO family does.</summary>
    Letterbox,
}
