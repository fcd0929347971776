using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;

namespace Quantizer.Execution.Pieces;

/// <summary>
/// What one run of a model in pieces holds between two of them, in ONNX Runtime's own memory: nothing is copied from piece to piece.
/// While other samples run, it can be parked in a file; whoever asks for a tensor gets it back. One thread at a time.
/// </summary>
internal sealed class LiveTensors : IDisposable
{
    private readonly ScratchFile? _scratch;
    private readonly Dictionary<string, OrtValue> _values = [];

    /// <summary>Those that are among the values, too, were not changed since.</summary>
    private readonly Dictionary<string, ParkedTensor> _parked = [];

    /// <param name="graph">Of the whole model.</param>
    /// <param name="inputs">What it is fed with; a single sample fills a fixed batch up.</param>
    /// <param name="scratch">Where tensors can be parked; null: nowhere.</param>
    public LiveTensors(Graph graph, IReadOnlyDictionary<string, TensorValue> inputs, ScratchFile? scratch = null)
    {
        _scratch = scratch;
        TensorSignature[] declared = [.. graph.Inputs.Select(input => new TensorSignature(input.Name, input.Type, input.Shape))];
        int factor = FixedBatch.MissingFactor(declared, inputs);
        foreach ((string name, TensorValue input) in FixedBatch.Filled(inputs, factor))
        {
            if (factor == 1)
                _parked[name] = ParkedTensor.Of(input);
            else
                _values[name] = NativeTensors.Copy(input);
        }
    }

    /// <summary>The bytes of all of them, parked or not.</summary>
    public long Bytes =>
        _parked.Values.Sum(parked => (long)parked.Bytes)
        + _values
            .Where(value => !_parked.ContainsKey(value.Key) && NativeTensors.IsDense(value.Value, out _))
            .Sum(value => (long)value.Value.GetTensorDataAsSpan<byte>().Length);

    /// <summary>Type and shape; of what is no dense tensor no type.</summary>
    public TensorSignature SignatureOf(string name)
    {
        if (_parked.TryGetValue(name, out ParkedTensor? parked))
            return Signature(parked.Type, parked.Shape);
        return NativeTensors.IsDense(_values[name], out OrtTensorTypeAndShapeInfo info)
            ? Signature((ElementType)info.ElementDataType, info.Shape)
            : new TensorSignature(name, ElementType.Undefined, null);

        TensorSignature Signature(ElementType type, IEnumerable<long> shape) =>
            new(name, type, [.. shape.Select(size => new Dimension(size))]);
    }

    public bool IsFloat(string name) => SignatureOf(name).Type == ElementType.Float;

    public long[] ShapeOf(string name) =>
        _parked.TryGetValue(name, out ParkedTensor? parked) ? [.. parked.Shape] : _values[name].GetTensorTypeAndShape().Shape;

    /// <summary>The values of a float tensor, until it is parked.</summary>
    public ReadOnlySpan<float> Floats(string name) => this[name].GetTensorDataAsSpan<float>();

    /// <summary>The values of a float tensor, to write before the next piece reads it.</summary>
    public Span<float> ToChange(string name)
    {
        OrtValue value = this[name];
        Forget(name);
        return value.GetTensorMutableDataAsSpan<float>();
    }

    /// <summary>The bytes of a tensor of numbers, until it is parked.</summary>
    public ReadOnlySpan<byte> Data(string name) => this[name].GetTensorDataAsSpan<byte>();

    /// <summary>Moves what there is room for out of memory.</summary>
    public void Park()
    {
        foreach ((string name, OrtValue value) in _values)
        {
            if (!_parked.ContainsKey(name))
            {
                if (_scratch is null || ParkedTensor.TryWrite(value, _scratch) is not { } parked)
                    continue;
                _parked[name] = parked;
            }
            _values.Remove(name);
            value.Dispose();
        }
    }

    public void Dispose() => Drop([.. _values.Keys, .. _parked.Keys]);

    /// <summary>Lets go of tensors; those that are not there do not matter.</summary>
    public void Drop(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Forget(name);
            if (_values.Remove(name, out OrtValue? value))
                value.Dispose();
        }
    }

    /// <exception cref="IOException">It was parked, and cannot be read.</exception>
    internal OrtValue this[string name]
    {
        get => _values.TryGetValue(name, out OrtValue? value) ? value : _values[name] = _parked[name].Load(_scratch);
        set
        {
            Drop([name]);
            _values[name] = value;
        }
    }

    /// <summary>Lets go of what is parked of a tensor.</summary>
    private void Forget(string name)
    {
        if (_parked.Remove(name, out ParkedTensor? parked) && parked.Block is { } block)
            _scratch!.Free(block);
    }
}
