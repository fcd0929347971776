using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution.Native;

/// <summary>
/// Weights that a session reads where they lie in memory, instead of copying them out of the serialized model: each copy
/// of a large model costs as much as running it several times. Keep it, and the tensors, until the session is gone.
/// </summary>
internal sealed unsafe class SuppliedWeights : IDisposable
{
    private readonly string[] _files;
    private readonly MemoryHandle[] _pins;
    private readonly nuint[] _lengths;

    /// <param name="tensors">By the file of external data that the model expects them in, each alone in its file.</param>
    public SuppliedWeights(IReadOnlyDictionary<string, Tensor> tensors)
    {
        _files = [.. tensors.Keys];
        _pins = [.. tensors.Values.Select(tensor => tensor.Data.Pin())];
        _lengths = [.. tensors.Values.Select(tensor => (nuint)tensor.Data.Length)];
    }

    public void AddTo(SessionOptions options)
    {
        options.AddSessionConfigEntry("session.use_external_initializer_file_buffers_directly", "1");
        NativeApi.AddExternalData(options.DangerousGetHandle(), _files, [.. _pins.Select(pin => (nint)pin.Pointer)], _lengths);
    }

    public void Dispose()
    {
        foreach (MemoryHandle pin in _pins)
            pin.Dispose();
    }
}
