using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Calibration.Observation;

/// <summary>Tells whether a network's results are sound although some of its tensors are not. Thread-safe; the model is opened at the
/// first question.</summary>
internal sealed class FiniteOutputs(OnnxModel model) : IDisposable
{
    private readonly Lazy<InferenceModel> _session = new(() => InferenceModel.Load(model));

    /// <summary>True when no floating-point output holds NaN or infinity for the sample.</summary>
    /// <exception cref="QuantizationException">The sample does not fit the model.</exception>
    public bool Are(Sample sample)
    {
        InferenceModel session = _session.Value;
        bool finite = true;
        FloatValues floats = new();
        session.Visit(
            sample.Inputs,
            [.. session.Outputs.Select(output => output.Name)],
            (_, type, _, data) => finite &= !FloatValues.Supports(type) || !ActivationCounter.HasNonFinite(floats.Read(type, data))
        );
        return finite;
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }
}
