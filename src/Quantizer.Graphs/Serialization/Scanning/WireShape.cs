namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>
/// What the scan must know of a message type, by field number: which fields are messages, which are text, and which the
/// graph types hold. A table of the schema, so that scanning needs no descriptors (and works in native code).
/// </summary>
internal sealed class WireShape
{
    private const int FieldCount = 32;
    private readonly WireShape?[] _messages = new WireShape?[FieldCount];
    private readonly bool[] _texts = new bool[FieldCount];
    private readonly bool[] _modelled = new bool[FieldCount];

    public static readonly WireShape Model = new("ModelProto"),
        Graph = new("GraphProto"),
        Tensor = new("TensorProto");
    private static readonly WireShape OperatorSet = new("OperatorSetIdProto"),
        Entry = new("StringStringEntryProto"),
        Node = new("NodeProto"),
        Attribute = new("AttributeProto"),
        ValueInfo = new("ValueInfoProto"),
        Segment = new("Segment"),
        SparseTensor = new("SparseTensorProto"),
        Annotation = new("TensorAnnotation"),
        Shape = new("TensorShapeProto"),
        Dimension = new("Dimension"),
        Type = new("TypeProto"),
        TensorType = new("Tensor"),
        SequenceType = new("Sequence"),
        MapType = new("Map"),
        OptionalType = new("Optional"),
        SparseTensorType = new("SparseTensor"),
        OpaqueType = new("Opaque"),
        Training = new("TrainingInfoProto"),
        Function = new("FunctionProto"),
        Device = new("DeviceConfigurationProto"),
        NodeDevice = new("NodeDeviceConfigurationProto"),
        Sharding = new("ShardingSpecProto"),
        DeviceGroup = new("IntIntListEntryProto"),
        ShardedDimension = new("ShardedDimProto"),
        SimpleSharding = new("SimpleShardedDimProto");

    static WireShape()
    {
        Model.Text(2, 3, 4, 6).Holds(Graph, 7).Has(OperatorSet, 8).Has(Entry, 14).Has(Training, 20).Has(Function, 25).Has(Device, 26);
        OperatorSet.Text(1);
        Entry.Text(1, 2);
        Graph
            .Holds(Node, 1)
            .Text(2, 10)
            .Holds(Tensor, 5)
            .Has(ValueInfo, 11, 12, 13)
            .Has(Annotation, 14)
            .Has(SparseTensor, 15)
            .Has(Entry, 16);
        Node.Text(1, 2, 3, 4, 6, 7, 8).Holds(Attribute, 5).Has(Entry, 9).Has(NodeDevice, 10);
        Attribute.Text(1, 13, 21).Holds(Tensor, 5).Holds(Graph, 6, 11).Has(Tensor, 10).Has(Type, 14, 15).Has(SparseTensor, 22, 23);
        ValueInfo.Text(1, 3).Has(Type, 2).Has(Entry, 4);
        Tensor.Text(8, 12).Has(Segment, 3).Has(Entry, 13, 16);
        SparseTensor.Has(Tensor, 1, 2);
        Annotation.Text(1).Has(Entry, 2);
        Shape.Has(Dimension, 1);
        Dimension.Text(2, 3);
        Type.Has(TensorType, 1)
            .Has(SequenceType, 4)
            .Has(MapType, 5)
            .Has(OpaqueType, 7)
            .Has(SparseTensorType, 8)
            .Has(OptionalType, 9)
            .Text(6);
        TensorType.Has(Shape, 2);
        SparseTensorType.Has(Shape, 2);
        SequenceType.Has(Type, 1);
        OptionalType.Has(Type, 1);
        MapType.Has(Type, 2);
        OpaqueType.Text(1, 2);
        Training.Has(Graph, 1, 2).Has(Entry, 3, 4);
        Function.Text(1, 4, 5, 6, 8, 10, 13).Has(Node, 7).Has(OperatorSet, 9).Has(Attribute, 11).Has(ValueInfo, 12).Has(Entry, 14);
        Device.Text(1, 3);
        NodeDevice.Text(1).Has(Sharding, 2);
        Sharding.Text(1).Has(DeviceGroup, 3).Has(ShardedDimension, 4);
        ShardedDimension.Has(SimpleSharding, 2);
        SimpleSharding.Text(2);
    }

    private WireShape(string name) => Name = name;

    public string Name { get; }

    /// <summary>The message type of a field; null when it holds none.</summary>
    public WireShape? MessageAt(int field) => field < FieldCount ? _messages[field] : null;

    public bool IsText(int field) => field < FieldCount && _texts[field];

    /// <summary>Whether the graph types hold the message in this field, rather than pass it through.</summary>
    public bool IsModelled(int field) => field < FieldCount && _modelled[field];

    private WireShape Text(params ReadOnlySpan<int> fields)
    {
        foreach (int field in fields)
            _texts[field] = true;
        return this;
    }

    private WireShape Has(WireShape message, params ReadOnlySpan<int> fields)
    {
        foreach (int field in fields)
            _messages[field] = message;
        return this;
    }

    private WireShape Holds(WireShape message, params ReadOnlySpan<int> fields)
    {
        foreach (int field in fields)
            _modelled[field] = true;
        return Has(message, fields);
    }
}
