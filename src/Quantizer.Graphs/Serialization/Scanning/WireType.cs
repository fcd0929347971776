namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>Protobuf's ways to encode a field.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
