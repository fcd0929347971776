using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Search;

/// <summary>Samples with the FP32 network's outputs: what every plan is judged by.</summary>
internal sealed class OutputReference
{
    /// <summary>The precision of a float: 24 bits at 6.02 dB each.</summary>
    internal const double MostDb = 144.5;

    /// <summary>Samples recorded at once: a few for every worker, and none in vain where memory ends.</summary>
    private const int SamplesAtOnce = SampleKeeper.FewestSamples;

    /// <summary>
    /// A sample whose output is all but zero says nothing by its ratio of signal to error: it counts as if it had this share of
    /// the samples' typical signal.
    /// </summary>
    private const double QuietestSample = 0.01;

    private readonly List<RecordedSample> _records;
    private readonly double[] _leastSignals;

    private readonly JudgedTensors _judged;
    private readonly OutputRoles _roles;

    private OutputReference(List<RecordedSample> records, JudgedTensors judged, OutputRoles roles)
    {
        (_records, _judged, _roles) = (records, judged, roles);
        Outputs = judged.Names;
        Weights = records.Count == 0 ? [] : roles.WeightsOf([.. records.MinBy(record => record.Parts.Count)!.Parts.Select(OutputOf)]);
        _leastSignals =
        [
            .. Enumerable.Range(0, Parts).Select(part => QuietestSample * TypicalOf(records.Select(record => record.Parts[part].Signal))),
        ];
    }

    /// <summary>The number of samples.</summary>
    public int Count => _records.Count;

    /// <summary>The number of figures of a sample: its outputs, or the parts that they join.</summary>
    public int Parts => _records.Count == 0 ? 0 : _records.Min(record => record.Parts.Count);

    /// <summary>What each part counts; the sum is 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The outputs that are compared.</summary>
    internal IReadOnlyList<string> Outputs { get; }

    internal IReadOnlyList<RecordedSample> Records => _records;

    /// <summary>Runs the FP32 model.</summary>
    /// <param name="samples">As calibration kept them; of networks with large outputs the first ones.</param>
    /// <param name="recorded">Hears the number of samples done.</param>
    /// <param name="mostBytes">Where what is kept takes more, the samples so far must do.</param>
    /// <param name="roles">Null: nothing tells the outputs apart.</param>
    public static OutputReference Record(
        OnnxModel model,
        IReadOnlyList<Sample> samples,
        SampleWorkers workers,
        Action<int> recorded,
        CancellationToken cancellation,
        long mostBytes = SampleKeeper.MostBytes,
        OutputRoles? roles = null
    )
    {
        (InferenceModel opened, JudgedTensors judged) = JudgedTensors.Open(model);
        using InferenceModel session = opened;
        roles = (roles ?? OutputRoles.Alike).With(judged);
        IReadOnlyList<string> outputs = judged.Names;
        IReadOnlySet<string> probabilities = judged.ProbabilitiesIn(model.Graph);
        List<RecordedSample> records = [];
        long bytes = 0;
        foreach (Sample[] some in samples.Chunk(SamplesAtOnce))
        {
            Sample[][] together = [.. some.Chunk(session.SamplesAtOnce(some[0].Inputs))];
            foreach (RecordedSample record in workers.Map(together.Length, i => Recorded(together[i])).SelectMany(records => records))
            {
                records.Add(record);
                bytes += record.Bytes;
                if (bytes > mostBytes && records.Count >= SampleKeeper.FewestSamples)
                    return new OutputReference(records, judged, roles);
            }
            recorded(records.Count);
        }
        return new OutputReference(records, judged, roles);

        RecordedSample[] Recorded(Sample[] batch) =>
            [
                .. batch.Zip(
                    session.RunEach([.. batch.Select(sample => sample.Inputs)], outputs, cancellation),
                    (sample, results) => RecordedSample.Of(sample, results, outputs, probabilities, roles)
                ),
            ];
    }

    /// <summary>The network, or what was made of it, with what plans are judged by as its outputs.</summary>
    /// <exception cref="QuantizationException">It no longer has that.</exception>
    public OnnxModel Judged(OnnxModel model) => _judged.In(model);

    /// <summary>Some of the samples, by number.</summary>
    public OutputReference Part(IEnumerable<int> samples) => new([.. samples.Select(sample => _records[sample])], _judged, _roles);

    private string OutputOf(RecordedPart part) => Outputs[part.Output];

    /// <summary>The median of the signals that are any; not the mean, which one loud sample could own.</summary>
    private static double TypicalOf(IEnumerable<double> signals)
    {
        double[] ascending = [.. signals.Where(signal => signal > 0).Order()];
        return ascending.Length == 0 ? 0 : ascending[ascending.Length / 2];
    }

    /// <summary>
    /// How wrong one sample's outputs are: by part, the sum of squared errors e against that of the sample's own signal s, as
    /// e / (s + e). That is the ratio of both while it is small, and never more than 1: no sample owns the sum over all of
    /// them, be its values a hundred times as large as the others' or its error without bounds.
    /// </summary>
    internal double[] Relative(RecordedSample record, IReadOnlyList<double> errors)
    {
        double[] relative = new double[errors.Count];
        for (int part = 0; part < relative.Length; part++)
        {
            double error = errors[part],
                signal = Math.Max(record.Parts[part].Signal, _leastSignals[part]);
            // Outputs that are no longer numbers are as wrong as can be.
            relative[part] =
                error == 0 ? 0
                : double.IsFinite(error) ? error / (signal + error)
                : 1;
        }
        return relative;
    }

    /// <summary>
    /// Mean over the parts, by their weights, of -10 log10(mean over the samples of the relative error). A part that hardly differs at
    /// all counts as <see cref="MostDb"/>, so that parts which no plan touches do not hide the others. Of errors of only some samples it
    /// is what the whole cannot exceed.
    /// </summary>
    /// <param name="errors">By part the sum of <see cref="Relative"/> errors.</param>
    /// <param name="samples">The number of samples that the sum is to stand for.</param>
    internal double SqnrDb(IReadOnlyList<double> errors, int samples)
    {
        if (errors.Count == 0)
            return 0;
        return errors
            .Zip(Weights, (error, weight) => weight * (error == 0 ? MostDb : Math.Min(10 * Math.Log10(samples / error), MostDb)))
            .Sum();
    }

    /// <summary>As <see cref="SqnrDb(IReadOnlyList{double}, int)"/> of the first samples of a plan's errors.</summary>
    internal double SqnrDb(OutputErrors errors, int samples) => SqnrDb(errors.Sums(samples), samples);
}
