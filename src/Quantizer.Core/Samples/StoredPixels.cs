using System.Runtime.InteropServices;
using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>
/// A picture's pixels outside of the collector's heap. The collector lets garbage grow with what lives there: kept in arrays,
/// 256 MiB of pixels were seen to cost a run 550 MiB.
/// </summary>
internal sealed unsafe class StoredPixels : IDisposable
{
    private readonly Pixels _shape;
    private byte* _values;

    public StoredPixels(Pixels pixels)
    {
        Bytes = pixels.Data.Length;
        _values = (byte*)NativeMemory.Alloc((nuint)Bytes);
        pixels.Data.CopyTo(new Span<byte>(_values, Bytes));
        _shape = pixels with { Data = [] };
    }

    ~StoredPixels() => Free();

    public int Bytes { get; }

    /// <summary>A copy.</summary>
    public Pixels Read()
    {
        ObjectDisposedException.ThrowIf(_values == null, this);
        byte[] data = GC.AllocateUninitializedArray<byte>(Bytes);
        new ReadOnlySpan<byte>(_values, Bytes).CopyTo(data);
        GC.KeepAlive(this);
        return _shape with { Data = data };
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}
