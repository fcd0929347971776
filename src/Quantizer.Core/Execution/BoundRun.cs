using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Repeated runs of one model on inputs of fixed shapes: ONNX Runtime reads and writes the same memory every time, nothing
/// is allocated or copied after the first run. Not thread-safe: one per thread, all on the same model.
/// </summary>
internal sealed class BoundRun : IDisposable
{
    private readonly InferenceModel _model;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options;
    private readonly Dictionary<string, OrtValue> _inputs = [];
    private readonly IReadOnlyList<string> _outputs;
    private readonly bool _reuseOutputs;
    private readonly int _factor;
    private IReadOnlyList<OrtValue> _values = [];
    private bool _outputsAreBound;
    private bool _outputsVary;

    /// <param name="inputs">Type, shape and first values of every input of the runs.</param>
    /// <param name="outputs">The outputs wanted, by name.</param>
    /// <param name="reuseOutputs">Write outputs where the run before did; where one then does not fit, a run is made anew.</param>
    /// <exception cref="QuantizationException">An input does not fit.</exception>
    public BoundRun(
        InferenceModel model,
        IReadOnlyDictionary<string, TensorValue> inputs,
        IReadOnlyList<string> outputs,
        bool reuseOutputs = true
    )
    {
        _factor = FixedBatch.MissingFactor(model, inputs);
        inputs = FixedBatch.Filled(inputs, _factor);
        InputCheck.Fit(model, inputs);
        _model = model;
        _outputs = outputs;
        _reuseOutputs = reuseOutputs;
        _binding = model.Session.CreateIoBinding();
        _options = new RunOptions();
        try
        {
            foreach ((string name, TensorValue input) in inputs)
            {
                OrtValue value = NativeTensors.Copy(input);
                _inputs[name] = value;
                _binding.BindInput(name, value);
            }
        }
        catch (OnnxRuntimeException error)
        {
            Dispose();
            throw RuntimeErrors.Running(model.Name, error);
        }
    }

    /// <summary>The bytes that the next run reads as an input; write through it. Of a batch that was filled up, those of the
    /// sample.</summary>
    public Span<byte> Input(string name)
    {
        Span<byte> all = _inputs[name].GetTensorMutableRawData();
        return all[..(all.Length / _factor)];
    }

    /// <exception cref="QuantizationException">An input does not fit, or the run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a run in progress stops between two nodes.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        _options.Terminate = false;
        using CancellationTokenRegistration stop = cancellation.Register(Terminate, _options);
        try
        {
            if (!_outputsAreBound || !TryRun())
                RunUnbound();
        }
        catch (OnnxRuntimeException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw RuntimeErrors.Running(_model.Name, error);
        }
    }

    /// <summary>Shows the outputs of the last run that hold numbers, in the order asked for.</summary>
    public void Visit(OutputVisitor visitor)
    {
        OutputVisitor ofSample = FixedBatch.FirstOf(visitor, _factor);
        for (int i = 0; i < _values.Count; i++)
            Containers.Show(_outputs[i], _values[i], ofSample);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (OrtValue value in _values)
            value.Dispose();
        foreach (OrtValue value in _inputs.Values)
            value.Dispose();
        _values = [];
    }

    private static void Terminate(object? options) => ((RunOptions)options!).Terminate = true;

    /// <summary>A run into the memory of the run before; false when an output's shape depends on the data and no longer fits.</summary>
    private bool TryRun()
    {
        try
        {
            _model.Session.RunWithBinding(_options, _binding);
            return true;
        }
        catch (OnnxRuntimeException) when (!_options.Terminate)
        {
            _outputsVary = true;
            return false;
        }
    }

    /// <summary>A run that allocates its outputs; the runs after it reuse them.</summary>
    private void RunUnbound()
    {
        _outputsAreBound = false;
        foreach (string output in _outputs)
            _binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
        foreach (OrtValue value in _values)
            value.Dispose();
        _values = [];
        _model.Session.RunWithBinding(_options, _binding);
        _values = [.. _binding.GetOutputValues()];
        if (!_reuseOutputs || _outputsVary || !_values.All(value => NativeTensors.IsDense(value, out _)))
            return;
        for (int i = 0; i < _outputs.Count; i++)
            _binding.BindOutput(_outputs[i], _values[i]);
        _outputsAreBound = true;
    }
}
