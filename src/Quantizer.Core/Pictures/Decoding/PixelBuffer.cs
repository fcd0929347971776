using System.Runtime.InteropServices;

namespace Quantizer.Pictures.Decoding;

/// <summary>Memory for pixels, given back at once: large arrays would stay until the garbage collector looks at them, and pools keep
/// them.</summary>
internal sealed unsafe class PixelBuffer(int length) : IDisposable
{
    private byte* _start = (byte*)NativeMemory.Alloc((nuint)length);

    public nint Start => (nint)_start;

    public ReadOnlySpan<byte> Slice(int offset, int count) => new Span<byte>(_start, length).Slice(offset, count);

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
        length = 0;
    }
}
