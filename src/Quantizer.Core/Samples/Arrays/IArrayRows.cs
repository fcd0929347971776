namespace Quantizer.Samples.Arrays;

/// <summary>Rows of an array. Safe to call from several threads.</summary>
internal interface IArrayRows
{
    /// <summary>The bytes of a row, in the file's element type.</summary>
    ReadOnlyMemory<byte> Read(int row);
}
