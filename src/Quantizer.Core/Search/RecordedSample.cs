using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>A sample with the FP32 network's outputs.</summary>
/// <param name="Outputs">The values of each output.</param>
/// <param name="Signals">Sum of squares of each output.</param>
/// <param name="Bytes">What is kept of it in memory.</param>
internal sealed record RecordedSample(Sample Sample, IReadOnlyList<float[]> Outputs, IReadOnlyList<double> Signals, long Bytes)
{
    public static RecordedSample Of(Sample sample, InferenceModel session, IReadOnlyList<string> outputs, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, TensorValue> results = session.Run(sample.Inputs, outputs, cancellation);
        float[][] values = [.. outputs.Select(name => OutputValues.Floats(results[name]))];
        long bytes = SampleKeeper.BytesOf(sample) + results.Values.Sum(result => (long)result.Data.Length);
        return new RecordedSample(sample, values, [.. values.Select(output => DifferenceSums.Of(output, output).Signal)], bytes);
    }

    /// <summary>Sum of squared differences of one output. Where its length is not the recorded one, what is missing counts as
    /// zeros.</summary>
    public double ErrorOf(int output, ReadOnlySpan<float> other)
    {
        ReadOnlySpan<float> reference = Outputs[output];
        int common = Math.Min(reference.Length, other.Length);
        return DifferenceSums.Of(reference[..common], other[..common]).Error + Energy(reference[common..]) + Energy(other[common..]);
    }

    private static double Energy(ReadOnlySpan<float> values) => DifferenceSums.Of(values, values).Signal;
}
