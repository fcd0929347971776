using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution.Native;

/// <summary>
/// Weights that a session takes from memory instead of from the serialized model: each copy of a large model costs as much
/// as running it several times. Keep it until the session is gone.
/// </summary>
internal sealed unsafe class SuppliedWeights : IDisposable
{
    /// <summary>What the widest vectors and a cache line want.</summary>
    private const int Alignment = 64;

    private readonly List<nint> _values = [];
    private readonly List<string> _names = [];
    private readonly List<MemoryHandle> _pins = [];
    private readonly List<nint> _copies = [];

    private SuppliedWeights()
    {
    }

    /// <summary>The tensors where they are. They must outlive this, and may lie at any address: not for sessions that run.</summary>
    public static SuppliedWeights Borrow(IEnumerable<Tensor> tensors) => Of(tensors, alignment: 1);

    /// <summary>The tensors where they are, which they must outlive, or copies of those that lie at odd addresses.</summary>
    public static SuppliedWeights BorrowAligned(IEnumerable<Tensor> tensors) => Of(tensors, Alignment);

    private static SuppliedWeights Of(IEnumerable<Tensor> tensors, nint alignment)
    {
        SuppliedWeights weights = new();
        foreach (Tensor tensor in tensors)
        {
            MemoryHandle pin = tensor.Data.Pin();
            weights._pins.Add(pin);
            weights.Add(tensor, (nint)pin.Pointer % alignment == 0 ? pin.Pointer : weights.CopyOf(tensor));
        }
        return weights;
    }

    private void* CopyOf(Tensor tensor)
    {
        void* copy = NativeMemory.AlignedAlloc((nuint)tensor.Data.Length, Alignment);
        _copies.Add((nint)copy);
        tensor.Data.Span.CopyTo(new Span<byte>(copy, tensor.Data.Length));
        return copy;
    }

    public void AddTo(SessionOptions options) => NativeApi.AddInitializers(options.DangerousGetHandle(), _names, _values);

    public void Dispose()
    {
        foreach (nint value in _values) NativeApi.ReleaseValue(value);
        foreach (MemoryHandle pin in _pins) pin.Dispose();
        foreach (nint copy in _copies) NativeMemory.AlignedFree((void*)copy);
        _values.Clear();
        _pins.Clear();
        _copies.Clear();
    }

    private void Add(Tensor tensor, void* data)
    {
        _names.Add(tensor.Name);
        _values.Add(NativeApi.CreateValue(data, (nuint)tensor.Data.Length, [.. tensor.Dimensions], (int)tensor.Type));
    }
}
