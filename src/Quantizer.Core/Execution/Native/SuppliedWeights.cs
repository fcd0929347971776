using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution.Native;

/// <summary>
/// Weights that a session takes from where they lie in memory instead of from the serialized model: each copy of a large
/// model costs as much as running it several times. Keep it, and the tensors, until the session is gone.
/// </summary>
internal sealed unsafe class SuppliedWeights : IDisposable
{
    private readonly List<string> _names = [];
    private readonly List<nint> _values = [];
    private readonly List<MemoryHandle> _pins = [];

    public SuppliedWeights(IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            MemoryHandle pin = tensor.Data.Pin();
            _pins.Add(pin);
            _names.Add(tensor.Name);
            _values.Add(NativeApi.CreateValue(pin.Pointer, (nuint)tensor.Data.Length, [.. tensor.Dimensions], (int)tensor.Type));
        }
    }

    public void AddTo(SessionOptions options) => NativeApi.AddInitializers(options.DangerousGetHandle(), _names, _values);

    public void Dispose()
    {
        foreach (nint value in _values) NativeApi.ReleaseValue(value);
        foreach (MemoryHandle pin in _pins) pin.Dispose();
        _values.Clear();
        _pins.Clear();
    }
}
