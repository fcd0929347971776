namespace Quantizer.Samples;

/// <param name="Name">The path below the data folder, with '/' between its parts on every system.</param>
/// <param name="Path">Where to open it.</param>
/// <param name="Label">The class index, where the data name one.</param>
internal sealed record PictureFile(string Name, string Path, int? Label);
