using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>A classifier that is asked about pictures of different sizes: its answer, and what comes to its
/// BatchNormalizations, which remember what training saw there.</summary>
internal sealed class SizeProbe : IDisposable
{
    /// <summary>Spread over the whole network, as many tell what all of them tell, in less memory.</summary>
    private const int MostNormalizations = 16;

    private readonly OnnxModel _tapped;
    private readonly InferenceModel _session;
    private readonly string _input;
    private readonly string[] _outputs;
    private readonly IReadOnlyDictionary<string, TensorValue> _constants;

    /// <param name="model">As the file holds it: before normalization folds BatchNormalizations away. Must outlive the probe.</param>
    /// <param name="input">Takes pictures.</param>
    /// <param name="output">Scores classes.</param>
    /// <param name="constants">The model's other inputs.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model with its inner values as outputs.</exception>
    public SizeProbe(OnnxModel model, string input, string output, IReadOnlyDictionary<string, TensorValue> constants)
    {
        _input = input;
        _constants = constants;
        FirstBatchNormalization[] all = [.. FirstBatchNormalization.All(model.Graph, input).Where(each => each.Node.Inputs[0] != input)];
        int kept = Math.Min(all.Length, MostNormalizations);
        Normalizations = [.. Enumerable.Range(0, kept).Select(i => all[i * all.Length / kept])];
        _outputs = [.. Normalizations.Select(each => each.Node.Inputs[0]).Prepend(output).Distinct()];
        _tapped = ModelPrefix.EndingAt(model, _outputs);
        // Each size would keep memory of its own.
        _session = InferenceModel.Load(_tapped, new ExecutionOptions { DisableArena = true });
    }

    /// <summary>Some of those behind the picture input, in the order of the graph.</summary>
    public IReadOnlyList<FirstBatchNormalization> Normalizations { get; }

    /// <summary>Asks about one picture; null where the model cannot take its size, or answers with something else than one list of
    /// classes. May be called by several threads.</summary>
    public SizeAnswer? Ask(TensorValue prepared)
    {
        double[]? probabilities = null;
        ChannelMoments[] moments = [.. Normalizations.Select(each => new ChannelMoments(each.Mean.Count))];
        try
        {
            // Seen where they lie: all inner values of a picture together are large.
            _session.Visit(
                new Dictionary<string, TensorValue>(_constants) { [_input] = prepared },
                _outputs,
                (name, type, shape, data) =>
                {
                    if (name == _outputs[0])
                        probabilities = ClassProbabilities.Probabilities(new TensorValue(type, shape, data.ToArray()));
                    for (int i = 0; i < moments.Length; i++)
                    {
                        if (Normalizations[i].Node.Inputs[0] == name)
                            moments[i].Add(type, shape, MemoryMarshal.Cast<byte, float>(data));
                    }
                }
            );
        }
        catch (QuantizationException)
        {
            // Layers of a fixed size refuse every other, which is what is to be found out.
            return null;
        }
        return probabilities is null ? null : new SizeAnswer(probabilities, moments);
    }

    public void Dispose()
    {
        _session.Dispose();
        _tapped.Dispose();
    }
}
