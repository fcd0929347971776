using Google.Protobuf.Reflection;
using Quantizer.Graphs.Serialization.Scanning;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Tests.Serialization.Scanning;

public sealed class WireShapeTests
{
    [Fact]
    public void The_table_of_the_scan_says_what_the_schema_says()
    {
        HashSet<MessageDescriptor> seen = [];

        Compare(ModelProto.Descriptor, WireShape.Model, seen);

        Assert.Equal(AllMessages(ModelProto.Descriptor.File.MessageTypes).ToHashSet(), seen);
    }

    private static void Compare(MessageDescriptor expected, WireShape found, HashSet<MessageDescriptor> seen)
    {
        if (!seen.Add(expected))
            return;
        Assert.Equal(expected.Name, found.Name);
        for (int number = 1; number < 100; number++)
        {
            FieldDescriptor? field = expected.FindFieldByNumber(number);
            string place = $"{expected.Name} field {number}";
            Assert.True(found.IsText(number) == (field?.FieldType == FieldType.String), place);
            Assert.True(found.MessageAt(number) is null == (field?.FieldType != FieldType.Message), place);
            if (found.MessageAt(number) is WireShape nested)
                Compare(field!.MessageType, nested, seen);
        }
    }

    private static IEnumerable<MessageDescriptor> AllMessages(IEnumerable<MessageDescriptor> messages) =>
        messages.SelectMany(message => AllMessages(message.NestedTypes).Prepend(message));
}
