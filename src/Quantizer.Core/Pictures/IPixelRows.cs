namespace Quantizer.Pictures;

/// <summary>A picture's rows from top to bottom, each to be had once: a large picture need not be in memory as a whole.</summary>
internal interface IPixelRows
{
    int Width { get; }

    int Height { get; }

    /// <summary>See <see cref="Pixels"/>.</summary>
    int Channels { get; }

    /// <summary>The next row; valid until the next call.</summary>
    ReadOnlySpan<byte> Next();
}
