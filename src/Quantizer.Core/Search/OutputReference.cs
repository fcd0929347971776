using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>Samples with the FP32 network's outputs: what every plan is judged by.</summary>
internal sealed class OutputReference
{
    /// <summary>The precision of a float: 24 bits at 6.02 dB each.</summary>
    private const double MostDb = 144.5;

    /// <summary>Samples recorded at once: a few for every worker, and none in vain where memory ends.</summary>
    private const int SamplesAtOnce = SampleKeeper.FewestSamples;

    private readonly List<RecordedSample> _records;

    private OutputReference(List<RecordedSample> records, IReadOnlyList<string> outputs)
    {
        _records = records;
        Outputs = outputs;
    }

    /// <summary>The number of samples.</summary>
    public int Count => _records.Count;

    /// <summary>The outputs that are compared.</summary>
    internal IReadOnlyList<string> Outputs { get; }

    internal IReadOnlyList<RecordedSample> Records => _records;

    /// <summary>Runs the FP32 model.</summary>
    /// <param name="samples">As calibration kept them; of networks with large outputs the first ones.</param>
    /// <param name="recorded">Hears the number of samples done.</param>
    /// <param name="mostBytes">Where what is kept takes more, the samples so far must do.</param>
    public static OutputReference Record(
        OnnxModel model,
        IReadOnlyList<Sample> samples,
        SampleWorkers workers,
        Action<int> recorded,
        CancellationToken cancellation,
        long mostBytes = SampleKeeper.MostBytes
    )
    {
        using InferenceModel session = InferenceModel.Load(model);
        string[] outputs = [.. session.Outputs.Where(output => output.Type == ElementType.Float).Select(output => output.Name)];
        // A network that gives class numbers only: how many are still the same says something, too.
        if (outputs.Length == 0)
            outputs = [.. session.Outputs.Where(output => OutputValues.Supports(output.Type)).Select(output => output.Name)];
        List<RecordedSample> records = [];
        long bytes = 0;
        foreach (Sample[] some in samples.Chunk(SamplesAtOnce))
        {
            foreach (RecordedSample record in workers.Map(some.Length, i => RecordedSample.Of(some[i], session, outputs, cancellation)))
            {
                records.Add(record);
                bytes += record.Bytes;
                if (bytes > mostBytes && records.Count >= SampleKeeper.FewestSamples)
                    return new OutputReference(records, outputs);
            }
            recorded(records.Count);
        }
        return new OutputReference(records, outputs);
    }

    /// <summary>
    /// Mean over the outputs of 10 log10(signal / error). An output that hardly differs at all counts as <see cref="MostDb"/>, so
    /// that outputs which no plan touches do not hide the others. Of errors of only some samples, against the signal of all of
    /// them, it is what the whole cannot exceed.
    /// </summary>
    /// <param name="errors">By output the sum of squared errors.</param>
    /// <param name="samples">The errors' signal is that of the first so many samples.</param>
    internal double SqnrDb(IReadOnlyList<double> errors, int samples)
    {
        double sum = 0;
        for (int output = 0; output < Outputs.Count; output++)
        {
            double signal = 0;
            for (int i = 0; i < samples; i++)
                signal += _records[i].Signals[output];
            double sqnr = errors[output] == 0 ? MostDb : 10 * Math.Log10(signal / errors[output]);
            // Outputs that are no longer numbers are as wrong as can be.
            sum += double.IsNaN(sqnr) ? -MostDb : Math.Clamp(sqnr, -MostDb, MostDb);
        }
        return Outputs.Count == 0 ? 0 : sum / Outputs.Count;
    }

    /// <summary>As <see cref="SqnrDb(IReadOnlyList{double}, int)"/> of the first samples of a plan's errors.</summary>
    internal double SqnrDb(OutputErrors errors, int samples) => SqnrDb(errors.Sums(samples), samples);
}
