namespace Quantizer.Samples;

/// <summary>What lies at a data path.</summary>
internal enum DataKind
{
    /// <summary>A folder of pictures: <see cref="PictureFolder"/>.</summary>
    Pictures,

    /// <summary>An .npz or .npy file: <see cref="ArraySource"/>.</summary>
    Arrays,
}
