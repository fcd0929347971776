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

    /// <summary>For sessions that optimize and do not run. The tensors must outlive this.</summary>
    public static SuppliedWeights ForOptimizing(IEnumerable<Tensor> tensors) => Of(tensors, isForRuns: false);

    /// <summary>For sessions that run without optimizing. The tensors must outlive this; those at odd addresses are copied.</summary>
    public static SuppliedWeights ForRunning(IEnumerable<Tensor> tensors) => Of(tensors, isForRuns: true);

    private static SuppliedWeights Of(IEnumerable<Tensor> tensors, bool isForRuns)
    {
        SuppliedWeights weights = new();
        foreach (Tensor tensor in tensors)
        {
            MemoryHandle pin = tensor.Data.Pin();
            weights._pins.Add(pin);
            bool isCopied = isForRuns && (nint)pin.Pointer % Alignment != 0;
            weights.Add(tensor, isCopied ? weights.CopyOf(tensor) : pin.Pointer);
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
