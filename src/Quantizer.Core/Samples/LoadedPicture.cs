using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>A picture that was decoded and brought to the model's size.</summary>
internal sealed record LoadedPicture(string Name, int? Label, Pixels Pixels);
