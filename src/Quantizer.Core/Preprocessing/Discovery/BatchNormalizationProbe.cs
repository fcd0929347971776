using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// The first BatchNormalization behind the picture input: what training saw before it, and a way to see what a prepared
/// picture brings there.
/// </summary>
internal sealed class BatchNormalizationProbe : IDisposable
{
    private readonly IDisposable? _owned;

    /// <param name="mean">Running mean per channel.</param>
    /// <param name="variance">Running variance per channel.</param>
    /// <param name="run">From a prepared picture to the normalization's input [1, channels, ...]; called by several threads.</param>
    /// <param name="owned">Disposed with the probe.</param>
    public BatchNormalizationProbe(
        string node,
        IReadOnlyList<float> mean,
        IReadOnlyList<float> variance,
        Func<TensorValue, TensorValue> run,
        IDisposable? owned = null
    )
    {
        Node = node;
        Mean = mean;
        Variance = variance;
        Run = run;
        _owned = owned;
    }

    /// <summary>The normalization, for messages.</summary>
    public string Node { get; }

    public IReadOnlyList<float> Mean { get; }

    public IReadOnlyList<float> Variance { get; }

    public Func<TensorValue, TensorValue> Run { get; }

    /// <summary>Opens the part of the model that leads up to its first BatchNormalization.</summary>
    /// <param name="model">As the file holds it: before normalization folds it away.</param>
    /// <param name="input">The picture input's name.</param>
    /// <returns>Null where the model has none in its inference form with constant statistics.</returns>
    /// <exception cref="QuantizationException">ONNX Runtime refuses that part of the model.</exception>
    public static BatchNormalizationProbe? TryCreate(OnnxModel model, string input)
    {
        if (FirstBatchNormalization.Find(model.Graph, input) is not { } first)
            return null;
        string tap = first.Node.Inputs[0];
        OnnxModel prefix = ModelPrefix.EndingAt(model, ref tap);
        InferenceModel session = InferenceModel.Load(OnnxFile.ToBytes(prefix), $"the model up to '{tap}'");
        return new BatchNormalizationProbe(
            first.Node.Name.Length > 0 ? first.Node.Name : first.Node.Outputs[0],
            first.Mean,
            first.Variance,
            prepared => session.Run(new Dictionary<string, TensorValue> { [input] = prepared })[tap],
            session
        );
    }

    public void Dispose() => _owned?.Dispose();
}
