using Google.Protobuf;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>
/// Losslessness. A codec takes out of a message what the graph types hold and leaves the rest in it: unknown fields,
/// known ones nobody looks at, and the marks of fields written explicitly with their default value. Writing starts
/// from that rest and sets a field only where it does not already say the same.
/// </summary>
internal static class Preservation
{
    public static PreservedFields Rest(IMessage message)
    {
        int size = message.CalculateSize();
        return size == 0 ? PreservedFields.None : new PreservedFields(message.ToByteArray());
    }

    public static T Start<T>(MessageParser<T> parser, PreservedFields preserved)
        where T : IMessage<T>, new() => preserved.IsEmpty ? new T() : parser.ParseFrom(preserved.Bytes.Span);
}
