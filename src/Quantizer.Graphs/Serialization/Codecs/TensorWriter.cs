using Google.Protobuf;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>
/// Messages of <see cref="Tensor"/>s, without their data at first: where that goes is decided when the size of all is
/// known (<see cref="Placements"/>).
/// </summary>
internal sealed class TensorWriter
{
    private readonly List<TensorPlacement> _placements = [];

    public IReadOnlyList<TensorPlacement> Placements => _placements;

    public TensorProto Write(Tensor tensor) => Write(tensor, isInitializer: false);

    public TensorProto WriteInitializer(Tensor tensor) => Write(tensor, isInitializer: true);

    private TensorProto Write(Tensor tensor, bool isInitializer)
    {
        TensorProto proto = Preservation.Start(TensorProto.Parser, tensor.Preserved);
        if (tensor.Name.Length > 0)
            proto.Name = tensor.Name;
        if (tensor.DocString.Length > 0)
            proto.DocString = tensor.DocString;
        if (tensor.Type != ElementType.Undefined)
            proto.DataType = (int)tensor.Type;
        proto.Dims.AddRange(tensor.Dimensions);
        if (tensor.Strings is not null)
            proto.StringData.AddRange(tensor.Strings.Select(UnsafeByteOperations.UnsafeWrap));
        else
            _placements.Add(new TensorPlacement(proto, tensor, isInitializer));
        return proto;
    }
}
