namespace Quantizer.Samples.Formats;

/// <summary>Rows of an array. Safe to call from several threads.</summary>
internal interface IArrayRows : IDisposable
{
    /// <summary>The bytes of a row: row-major, little-endian.</summary>
    /// <exception cref="BrokenSampleException">This row cannot be read; others can.</exception>
    ReadOnlyMemory<byte> Read(int row);
}
