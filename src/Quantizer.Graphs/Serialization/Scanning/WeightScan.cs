using System.Buffers.Binary;

namespace Quantizer.Graphs.Serialization.Scanning;

/// <summary>
/// Walks the encoded model, notes where weights lie, and copies everything else into a small message: parsing that costs
/// a few milliseconds where parsing the file copies gigabytes. It also is the guard at the door: what passes has sound
/// lengths, valid text, bounded nesting and a bounded number of messages, so that parsing can take no harm.
/// </summary>
internal sealed unsafe class WeightScan
{
    // protobuf's own limit, which ONNX Runtime keeps to as well: about 33 subgraphs in each other.
    private const int MaxDepth = 100;

    // The largest real models have 100,000 nodes, and about 10 messages a node. A message of 2 bytes becomes objects of
    // some hundred: this many of them take about 1 GB.
    private const int MaxMessages = 3_000_000;

    // A length as a varint of fixed size, so that it can be filled in afterwards.
    private const int LengthBytes = 5;

    private readonly WireCursor _cursor;
    private readonly MemoryStream _structure = new();
    private readonly List<ByteRange> _weights = [];
    private int _messages;

    private WeightScan(WireCursor cursor) => _cursor = cursor;

    /// <exception cref="ModelFormatException">The bytes are no protobuf message of a model, or exceed a limit.</exception>
    public static ScannedModel Run(byte* bytes, long length, string source)
    {
        WeightScan scan = new(new WireCursor(bytes, length, source));
        scan.Message(WireShape.Model, length, depth: 0, modelled: true);
        return new ScannedModel(scan._structure.GetBuffer().AsMemory(0, (int)scan._structure.Length), scan._weights);
    }

    private void Message(WireShape shape, long end, int depth, bool modelled)
    {
        if (depth > MaxDepth)
            throw _cursor.Damaged(_cursor.Position, $"messages are nested deeper than {MaxDepth}, the limit of ONNX Runtime too");
        if (++_messages > MaxMessages)
            throw _cursor.Damaged(_cursor.Position, $"there are more than {MaxMessages} nodes, attributes, dimensions and the like");
        long copied = _cursor.Position;
        while (_cursor.Position < end)
        {
            (int field, WireType type) = _cursor.Tag(end);
            switch (type)
            {
                case WireType.Varint:
                    _cursor.Varint(end);
                    break;
                case WireType.Fixed64:
                    _cursor.Skip(sizeof(ulong), end);
                    break;
                case WireType.Fixed32:
                    _cursor.Skip(sizeof(uint), end);
                    break;
                case WireType.LengthDelimited:
                    Delimited(shape, field, end, depth, modelled, ref copied);
                    break;
                default:
                    throw _cursor.Damaged(
                        _cursor.Position,
                        $"a field of a {shape.Name} has the wire type {(int)type}, which ONNX does not use"
                    );
            }
        }
        _cursor.CopyTo(_structure, copied, end);
    }

    private void Delimited(WireShape shape, int field, long end, int depth, bool modelled, ref long copied)
    {
        long beforeLength = _cursor.Position;
        long length = _cursor.Length(end);
        long after = _cursor.Position + length;
        if (shape.MessageAt(field) is WireShape nested)
        {
            _cursor.CopyTo(_structure, copied, beforeLength);
            long at = ReserveLength();
            Message(nested, after, depth + 1, modelled && shape.IsModelled(field));
            FillLength(at);
            copied = after;
        }
        else if (modelled && shape == WireShape.Tensor && field == Wire.TensorProto.RawDataFieldNumber)
        {
            if (length > int.MaxValue)
                throw _cursor.Damaged(beforeLength, $"one tensor has {length} bytes; up to {int.MaxValue} are supported");
            _cursor.CopyTo(_structure, copied, beforeLength);
            WriteWeight(new ByteRange(_cursor.Position, (int)length));
            copied = after;
        }
        else if (shape.IsText(field))
        {
            _cursor.CheckText(length, shape.Name, field);
        }
        _cursor.Skip(after - _cursor.Position, end);
    }

    private void WriteWeight(ByteRange weight)
    {
        Span<byte> index = stackalloc byte[1 + sizeof(int)];
        index[0] = sizeof(int);
        BinaryPrimitives.WriteInt32LittleEndian(index[1..], _weights.Count);
        _structure.Write(index);
        _weights.Add(weight);
    }

    private long ReserveLength()
    {
        ReadOnlySpan<byte> blank = stackalloc byte[LengthBytes];
        _structure.Write(blank);
        return _structure.Position;
    }

    private void FillLength(long start)
    {
        uint length = (uint)(_structure.Position - start);
        Span<byte> target = _structure.GetBuffer().AsSpan((int)start - LengthBytes, LengthBytes);
        for (int i = 0; i < LengthBytes; i++, length >>= 7)
            target[i] = (byte)((length & 0x7F) | (i < LengthBytes - 1 ? 0x80u : 0));
    }
}
