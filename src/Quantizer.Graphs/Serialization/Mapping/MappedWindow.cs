using System.Buffers;

namespace Quantizer.Graphs.Serialization.Mapping;

/// <summary>A part of a mapped file as <see cref="Memory{T}"/>.</summary>
internal sealed unsafe class MappedWindow(MappedFile file, long offset, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(file.Start + offset, length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length);
        return new MemoryHandle(file.Start + offset + elementIndex, default, this);
    }

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
