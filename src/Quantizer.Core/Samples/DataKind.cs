namespace Quantizer.Samples;

/// <summary>What lies at a data path.</summary>
internal enum DataKind
{
    /// <summary>A folder of pictures: <see cref="PictureFolder"/>.</summary>
    Pictures,

    /// <summary>A folder of data files.</summary>
    Folder,

    /// <summary>A data file.</summary>
    File,
}
