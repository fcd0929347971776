using System.Runtime.InteropServices;

namespace Quantizer.Pictures;

/// <summary>A colour as it lies in memory.</summary>
/// <param name="Alpha">255: nothing shines through.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PixelColour(byte Red, byte Green, byte Blue, byte Alpha);
