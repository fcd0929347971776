using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Search;

namespace Quantizer.Pipeline.Data;

/// <summary>What a network says of a picture first: its first output, or, where that is the class and not the scores, the scores.</summary>
internal sealed class FirstScores : IDisposable
{
    private readonly InferenceModel _session;
    private readonly InferenceModel? _own;

    private FirstScores(InferenceModel session, InferenceModel? own, string tensor)
    {
        (_session, _own) = (session, own);
        Tensor = tensor;
    }

    /// <summary>Its name in the network.</summary>
    public string Tensor { get; }

    public TensorSignature Output => _session.Outputs[0];

    /// <summary>Whether it can be asked for scores.</summary>
    public bool AreNumbers => Output.Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    /// <param name="model">As the user gave it.</param>
    /// <param name="session">The same model, opened; not disposed of.</param>
    public static FirstScores Of(OnnxModel model, InferenceModel session)
    {
        FirstScores first = new(session, own: null, session.Outputs[0].Name);
        try
        {
            return first.AreNumbers || JudgedTensors.HiddenIn(model, [first.Tensor]) is not var (opened, judged)
                ? first
                : new FirstScores(opened, opened, judged.Tensors[0]);
        }
        catch (QuantizationException)
        {
            // A file whose form had to be mended to be opened at all.
            return first;
        }
    }

    /// <exception cref="QuantizationException">The model fails on them.</exception>
    public TensorValue Ask(IReadOnlyDictionary<string, TensorValue> inputs)
    {
        TensorValue answer = _session.Run(inputs, [Output.Name])[Output.Name];
        // Some exporters leave a detector's decoding in double; networks in half precision answer so.
        return answer.Type == ElementType.Float ? answer : TensorValue.FromFloats(answer.Shape, OutputValues.Floats(answer));
    }

    public void Dispose() => _own?.Dispose();
}
