using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class MappedClassesTests
{
    [Fact]
    public void A_map_has_its_classes_in_the_order_of_their_names()
    {
        ReadOnlyMemory<byte>[] names = ["dog"u8.ToArray(), "ant"u8.ToArray(), "Cat"u8.ToArray()];
        Node map = Mapping(new NodeAttribute("classlabels_strings", new AttributeValue.StringList(names)));

        Assert.Equal([2, 1, 0], MappedClasses.OrderOf(map));
    }

    [Fact]
    public void Classes_that_are_in_order_and_other_nodes_need_none()
    {
        Assert.Null(MappedClasses.OrderOf(Mapping(NodeAttribute.Of("classlabels_int64s", [0L, 1, 10]))));
        Assert.Equal([1, 0], MappedClasses.OrderOf(Mapping(NodeAttribute.Of("classlabels_int64s", [1L, -1]))));
        Assert.Null(MappedClasses.OrderOf(new Node("Softmax", ["x"], ["y"])));
        Assert.Null(MappedClasses.OrderOf(null));
    }

    private static Node Mapping(NodeAttribute classes) => new("ZipMap", ["x"], ["y"]) { Domain = "ai.onnx.ml", Attributes = [classes] };
}
