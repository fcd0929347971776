using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Confirmation;

/// <summary>
/// Some calibration samples with the FP32 network's outputs, to try plans on. Which samples, and the order their errors are
/// summed in, depends on their contents alone: neither the order of the data nor the number of workers shows.
/// </summary>
internal sealed class OutputReference
{
    /// <summary>The precision of a float: 24 bits at 6.02 dB each.</summary>
    private const double MostDb = 144.5;

    private readonly List<(Sample Sample, float[][] Outputs)> _records;
    private readonly IReadOnlyList<string> _outputs;
    private readonly SampleWorkers _workers;

    private OutputReference(List<(Sample, float[][])> records, IReadOnlyList<string> outputs, SampleWorkers workers)
    {
        _records = records;
        _outputs = outputs;
        _workers = workers;
    }

    /// <summary>The number of samples.</summary>
    public int Count => _records.Count;

    /// <summary>Runs the FP32 model.</summary>
    /// <param name="samples">As calibration kept them; of networks with large outputs the first ones.</param>
    public static OutputReference Record(OnnxModel model, IReadOnlyList<Sample> samples, int workers, CancellationToken cancellation)
    {
        using InferenceModel session = InferenceModel.Load(model);
        string[] outputs = [.. session.Outputs.Where(output => output.Type == ElementType.Float).Select(output => output.Name)];
        // A network that gives class numbers only: how many are still the same says something, too.
        if (outputs.Length == 0) outputs = [.. session.Outputs.Where(output => OutputValues.Supports(output.Type)).Select(output => output.Name)];
        List<(Sample, float[][])> records = [];
        long bytes = 0;
        foreach (Sample sample in samples)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, TensorValue> results = session.Run(sample.Inputs, outputs);
            records.Add((sample, [.. outputs.Select(name => OutputValues.Floats(results[name]))]));
            bytes += SampleKeeper.BytesOf(sample) + results.Values.Sum(result => (long)result.Data.Length);
            if (bytes > SampleKeeper.MostBytes && records.Count >= SampleKeeper.FewestSamples) break;
        }
        return new OutputReference(records, outputs, new SampleWorkers(workers, cancellation));
    }

    /// <summary>
    /// Mean over the outputs of 10 log10(signal / error). An output that hardly differs at all counts as <see cref="MostDb"/>, so
    /// that outputs which no plan touches do not hide the others. Negative infinity when ONNX Runtime does not open or run the
    /// model, which it does with the FP32 one: no other plan is worse.
    /// </summary>
    public double SqnrDb(OnnxModel model)
    {
        try
        {
            return Measured(model);
        }
        catch (Exception error) when (error is QuantizationException or AggregateException { InnerException: QuantizationException })
        {
            return double.NegativeInfinity;
        }
    }

    private double Measured(OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        DifferenceSums[][] sums = _workers.Map(_records.Count, i =>
        {
            IReadOnlyDictionary<string, TensorValue> results = session.Run(_records[i].Sample.Inputs, _outputs);
            return (DifferenceSums[])[.. _outputs.Select((name, output) => DifferenceSums.Of(_records[i].Outputs[output], OutputValues.Floats(results[name])))];
        });
        // Outputs that are no numbers cannot tell plans apart.
        if (_outputs.Count == 0) return 0;
        return Enumerable.Range(0, _outputs.Count).Average(output => Math.Clamp(Total(sums, output).SqnrDb, -MostDb, MostDb));
    }

    private static DifferenceSums Total(DifferenceSums[][] sums, int output)
    {
        DifferenceSums total = default;
        foreach (DifferenceSums[] ofSample in sums) total += ofSample[output];
        return total;
    }
}
