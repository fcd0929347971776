using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution.Pieces;

/// <summary>
/// What one run of a model in pieces holds between two of them, in ONNX Runtime's own memory: nothing is copied from piece to piece.
/// One thread at a time.
/// </summary>
internal sealed class LiveTensors : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = [];

    /// <param name="graph">Of the whole model.</param>
    /// <param name="inputs">What it is fed with; a single sample fills a fixed batch up.</param>
    public LiveTensors(Graph graph, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        TensorSignature[] declared = [.. graph.Inputs.Select(input => new TensorSignature(input.Name, input.Type, input.Shape))];
        foreach ((string name, TensorValue input) in FixedBatch.Filled(inputs, FixedBatch.MissingFactor(declared, inputs)))
            _values[name] = NativeTensors.Copy(input);
    }

    /// <summary>The bytes of all of them.</summary>
    public long Bytes =>
        _values.Values.Sum(value => NativeTensors.IsDense(value, out _) ? (long)value.GetTensorDataAsSpan<byte>().Length : 0);

    /// <summary>Type and shape; of what is no dense tensor no type.</summary>
    public TensorSignature SignatureOf(string name) =>
        NativeTensors.IsDense(_values[name], out OrtTensorTypeAndShapeInfo info)
            ? new TensorSignature(name, (ElementType)info.ElementDataType, [.. info.Shape.Select(size => new Dimension(size))])
            : new TensorSignature(name, ElementType.Undefined, null);

    public bool IsFloat(string name) => SignatureOf(name).Type == ElementType.Float;

    public long[] ShapeOf(string name) => _values[name].GetTensorTypeAndShape().Shape;

    /// <summary>The values of a float tensor. Write through it before the next piece reads it.</summary>
    public Span<float> Floats(string name) => _values[name].GetTensorMutableDataAsSpan<float>();

    /// <summary>The bytes of a tensor of numbers.</summary>
    public ReadOnlySpan<byte> Data(string name) => _values[name].GetTensorDataAsSpan<byte>();

    public void Dispose()
    {
        foreach (OrtValue value in _values.Values)
            value.Dispose();
        _values.Clear();
    }

    /// <summary>Lets go of tensors; those that are not there do not matter.</summary>
    public void Drop(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_values.Remove(name, out OrtValue? value))
                value.Dispose();
        }
    }

    internal OrtValue this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }
}
