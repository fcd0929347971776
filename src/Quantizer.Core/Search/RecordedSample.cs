using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>A sample with the FP32 network's outputs.</summary>
/// <param name="Parts">What is judged of the outputs, in their order.</param>
/// <param name="Bytes">What is kept of it in memory.</param>
internal sealed record RecordedSample(Sample Sample, IReadOnlyList<RecordedPart> Parts, long Bytes)
{
    /// <param name="results">Of the FP32 network for the sample.</param>
    /// <param name="probabilities">Those outputs that a Softmax over the last axis gives.</param>
    public static RecordedSample Of(
        Sample sample,
        IReadOnlyDictionary<string, TensorValue> results,
        IReadOnlyList<string> outputs,
        IReadOnlySet<string> probabilities,
        OutputRoles roles
    )
    {
        List<RecordedPart> parts = [];
        for (int output = 0; output < outputs.Count; output++)
        {
            TensorValue result = results[outputs[output]];
            IReadOnlyList<OutputPart> named = roles.PartsOf(outputs[output], result.Shape);
            ScoreKind kind =
                probabilities.Contains(outputs[output]) ? ScoreKind.Probabilities
                : roles.AreLogits(outputs[output]) ? ScoreKind.Logits
                : ScoreKind.None;
            float[] values = OutputValues.Floats(result);
            foreach (OutputPart? part in named.Count > 0 ? named : (IReadOnlyList<OutputPart?>)[null])
                parts.Add(RecordedPart.Of(output, part, result.Shape, values, sample.Mask, kind));
        }
        long bytes = parts.Sum(part => sizeof(float) * (long)part.Values.Length);
        return new RecordedSample(sample, parts, SampleKeeper.BytesOf(sample) + bytes);
    }
}
