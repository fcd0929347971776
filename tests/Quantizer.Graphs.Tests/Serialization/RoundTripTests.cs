using Google.Protobuf;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Codecs;
using Quantizer.Graphs.Serialization.Wire;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.Graphs.Tests.Serialization;

public sealed class RoundTripTests
{
    [Fact]
    public void A_model_with_every_field_of_the_schema_and_unknown_ones_comes_back_the_same()
    {
        ModelProto model = FilledMessages.WithValues();

        AssertUnchanged(model);

        Assert.InRange(model.CalculateSize(), 10_000, 200_000);
        Assert.Equal(Enum.GetValues<Kind>().Except([Kind.Undefined]), KindsOf(model.Graph).Distinct().Order());
    }

    [Fact]
    public void Fields_written_with_their_default_value_stay_present() => AssertUnchanged(FilledMessages.WithExplicitDefaults());

    [Fact]
    public void Absent_fields_stay_absent() =>
        AssertUnchanged(
            new ModelProto
            {
                IrVersion = 8,
                Graph = new GraphProto { Node = { new NodeProto() } },
            }
        );

    [Fact]
    public void The_alias_of_the_standard_domain_reads_as_the_empty_one_and_is_written_back()
    {
        ModelProto proto = new() { IrVersion = 8, Graph = new GraphProto() };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 17 });
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        proto.Graph.Node.Add(
            new NodeProto
            {
                OpType = "Relu",
                Domain = "ai.onnx",
                Input = { "x" },
                Output = { "y" },
            }
        );

        using OnnxModel model = Parse(proto);

        Assert.Equal(17, model.Opset);
        Assert.True(model.Graph.Nodes[0].Is("Relu"));
        AssertUnchanged(proto);
    }

    [Fact]
    public void A_changed_opset_version_keeps_the_spelling_of_its_domain()
    {
        ModelProto proto = new() { IrVersion = 8, Graph = new GraphProto() };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 9 });
        using OnnxModel model = Parse(proto);
        model.OperatorSets[0] = model.OperatorSets[0] with { Version = 13 };
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));

        ModelProto written = Write(model);

        Assert.Equal(
            [new OperatorSetIdProto { Domain = "", Version = 13 }, new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 }],
            written.OpsetImport
        );
    }

    [Fact]
    public void An_edit_to_the_default_value_removes_the_field()
    {
        ModelProto proto = new()
        {
            IrVersion = 8,
            ProducerName = "pytorch",
            Graph = new GraphProto { Name = "g" },
        };
        using OnnxModel model = Parse(proto);
        model.ProducerName = "";
        model.Graph.Name = "";

        AssertSame(new ModelProto { IrVersion = 8, Graph = new GraphProto() }, Write(model));
    }

    [Fact]
    public void A_changed_metadata_entry_is_written_once()
    {
        ModelProto proto = new()
        {
            IrVersion = 8,
            Graph = new GraphProto(),
            MetadataProps =
            {
                new StringStringEntryProto { Key = "a", Value = "1" },
            },
        };
        using OnnxModel model = Parse(proto);
        model.Metadata[0] = KeyValuePair.Create("a", "2");

        Assert.Equal([new StringStringEntryProto { Key = "a", Value = "2" }], Write(model).MetadataProps);
    }

    [Fact]
    public void Two_graph_fields_merge_as_protobuf_says()
    {
        byte[] first = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "a", Node = { new NodeProto { OpType = "Relu" } } },
        }.ToByteArray();
        byte[] second = new ModelProto
        {
            Graph = new GraphProto { Name = "b", Node = { new NodeProto { OpType = "Tanh" } } },
        }.ToByteArray();

        using OnnxModel model = OnnxFile.Parse(first.Concat(second).ToArray(), "merged");

        Assert.Equal("b", model.Graph.Name);
        Assert.Equal(["Relu", "Tanh"], model.Graph.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void Tensors_in_every_place_are_found()
    {
        List<bool> modelled = [];

        TensorWalk.Visit(FilledMessages.WithValues(), (_, isModelled) => modelled.Add(isModelled));

        Assert.Equal(CountTensors(FilledMessages.WithValues()), modelled.Count);
        Assert.Contains(true, modelled);
        Assert.Contains(false, modelled);
    }

    internal static OnnxModel Parse(ModelProto proto) => OnnxFile.Parse(proto.ToByteArray(), "test");

    internal static ModelProto Write(OnnxModel model) => ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(model));

    internal static void AssertUnchanged(ModelProto proto)
    {
        using OnnxModel model = Parse(proto);
        AssertSame(proto, Write(model));
    }

    // The messages' own equality does not see whether a default value is present; their encoding does.
    internal static void AssertSame(ModelProto expected, ModelProto found)
    {
        Assert.Equal(expected, found);
        Assert.Equal(expected.ToByteArray(), found.ToByteArray());
    }

    private static IEnumerable<Kind> KindsOf(GraphProto graph) =>
        graph
            .Node.SelectMany(node => node.Attribute)
            .SelectMany(attribute =>
                (IEnumerable<Kind>)
                    [attribute.Type, .. attribute.Graphs.Concat(attribute.G is null ? [] : [attribute.G]).SelectMany(KindsOf)]
            );

    private static int CountTensors(IMessage message)
    {
        int count = message is TensorProto ? 1 : 0;
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object value = field.Accessor.GetValue(message);
            if (value is IMessage nested)
                count += CountTensors(nested);
            else if (value is System.Collections.IList list)
                count += list.OfType<IMessage>().Sum(CountTensors);
        }
        return count;
    }
}
