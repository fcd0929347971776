using Quantizer.Execution;
using Quantizer.Execution.Observation;

namespace Quantizer.Calibration.Observation;

/// <summary>Repeated runs of a tapped model on samples of the same shapes. Not thread-safe: one per worker.</summary>
internal sealed class TappedRun : IDisposable
{
    private readonly SampleBatch _first;
    private readonly BoundRun _run;
    private readonly ILookup<string?, int> _taps;
    private readonly FloatValues _floats = new();

    /// <param name="batch">Samples of the shapes to come; runs see them until others are copied in.</param>
    /// <exception cref="QuantizationException">The samples do not fit the model.</exception>
    public TappedRun(TappedModel model, SampleBatch batch)
    {
        _first = batch;
        // A run that fails in the middle because an output no longer fits would have shown half of its tensors.
        _run = new BoundRun(model.Session, batch.Joined(), model.Outputs, reuseOutputs: model.Taps.All(tap => tap.Output is null));
        _taps = Enumerable.Range(0, model.Taps.Count).ToLookup(number => model.Taps[number].Output);
    }

    /// <summary>Whether <see cref="Fill"/> can take the batch.</summary>
    public bool Fits(SampleBatch batch) => batch.FitsLike(_first);

    /// <summary>Puts the samples in the place of the ones before.</summary>
    public void Fill(SampleBatch batch)
    {
        foreach (string input in batch.Samples[0].Sample.Inputs.Keys)
            batch.CopyTo(input, _run.Input(input));
    }

    /// <summary>Runs the model and shows every tapped tensor once, each with the tap's place among the model's.</summary>
    /// <exception cref="QuantizationException">The run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a run in progress stops between two nodes.</exception>
    public void Run(TensorObserver observer, CancellationToken cancellation = default)
    {
        ObserverOperator.Run(observer, () => _run.Run(cancellation));
        _run.Visit(
            (output, type, shape, data) =>
            {
                foreach (int tap in _taps[output])
                    observer(tap, [.. shape], _floats.Read(type, data));
            }
        );
    }

    public void Dispose() => _run.Dispose();
}
