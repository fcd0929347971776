namespace Quantizer.Samples.Arrays;

/// <summary>The element types of .npy files that are read, all little-endian.</summary>
internal enum NpyType
{
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    Float32,
    Float64,
}
