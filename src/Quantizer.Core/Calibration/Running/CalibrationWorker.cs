using System.Diagnostics;
using System.Runtime.InteropServices;
using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Statistics;
using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>One thread of calibration: loads samples, runs the model on them and counts, into statistics of its own.</summary>
internal sealed class CalibrationWorker : IDisposable
{
    private readonly TappedModel _model;
    private readonly SampleReader<Sample> _samples;
    private readonly Batching _batching;
    private readonly ActivationCounter _counter;
    private readonly FiniteOutputs _outputs;
    private readonly SampleKeeper? _keeper;
    private readonly Dictionary<int, ulong> _contents = [];
    private TappedRun? _run;

    public CalibrationWorker(
        TappedModel model,
        IReadOnlyList<string> inputs,
        SampleReader<Sample> samples,
        Batching batching,
        FiniteOutputs outputs,
        bool sampled,
        SampleKeeper? keeper
    )
    {
        _model = model;
        _samples = samples;
        _batching = batching;
        _outputs = outputs;
        _keeper = keeper;
        _counter = new ActivationCounter(model, inputs, sampled);
    }

    public IReadOnlyDictionary<string, TensorStatistics> Statistics => _counter.Statistics;

    public IReadOnlyDictionary<string, RangeSettling> Settling => _counter.Settling;

    /// <summary>Of the samples that this worker loaded.</summary>
    public SampleSurvey Survey { get; } = new();

    /// <summary>Samples counted.</summary>
    public int Counted { get; private set; }

    /// <summary>Samples that could not be counted, because the model's batch cannot be filled up without them showing.</summary>
    public List<int> LeftOut { get; } = [];

    public TimeSpan DecodeTime { get; private set; }

    public TimeSpan InferenceTime { get; private set; }

    public TimeSpan StatisticsTime => _counter.Time;

    /// <summary>Counts one group of samples, which make up a batch where the model and the samples allow it.</summary>
    public void Count(Range group, CancellationToken cancellation)
    {
        List<(int Index, Sample Sample)> samples = Load(group);
        _contents.Clear();
        foreach ((int index, Sample sample) in samples)
        {
            ulong content = SampleContent.HashOf(sample);
            _contents[index] = content;
            Survey.Add(sample, content);
            _keeper?.Offer(index, sample, content);
        }

        foreach (SampleBatch batch in Batches(samples))
            Count(batch, cancellation);
    }

    public void Dispose() => _run?.Dispose();

    private List<(int Index, Sample Sample)> Load(Range group)
    {
        long start = Stopwatch.GetTimestamp();
        List<(int, Sample)> samples = [];
        for (int index = group.Start.Value; index < group.End.Value; index++)
        {
            if (_samples.Load(index) is { } sample)
                samples.Add((index, sample));
        }

        DecodeTime += Stopwatch.GetElapsedTime(start);
        return samples;
    }

    private IEnumerable<SampleBatch> Batches(List<(int Index, Sample Sample)> samples)
    {
        if (samples.Count == 0)
            return [];
        return _batching.Size > 1 && SampleBatch.CanJoin(samples)
            ? [new SampleBatch(samples, _batching.IsFixed ? _batching.Size : samples.Count)]
            : samples.Select(sample => new SampleBatch([sample], Size: 1));
    }

    private void Count(SampleBatch batch, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan counted = _counter.Time;
        try
        {
            Run(batch, cancellation);
        }
        catch (QuantizationException error)
        {
            throw new QuantizationException($"Sample '{batch.Samples[0].Sample.Name}': {error.Message}", error);
        }
        _counter.ThrowIfNonFinite(batch, _outputs);
        InferenceTime += Stopwatch.GetElapsedTime(start) - (_counter.Time - counted);
    }

    private void Run(SampleBatch batch, CancellationToken cancellation)
    {
        Prepare(batch);
        if (batch.Size == batch.Samples.Count || RepeatsOnlyShowAtTheEnd(batch, cancellation))
        {
            _counter.Count(_run!, batch, _contents, cancellation);
            Counted += batch.Samples.Count;
        }
        else
        {
            LeftOut.AddRange(batch.Samples.Select(sample => sample.Index));
        }
    }

    private void Prepare(SampleBatch batch)
    {
        if (_run is not null && _run.Fits(batch))
        {
            _run.Fill(batch);
            return;
        }
        _run?.Dispose();
        _run = new TappedRun(_model, batch);
    }

    /// <summary>
    /// Whether, in a batch filled up with its last sample, the repetitions lie behind the samples in every tensor: then
    /// they can be left out of the count.
    /// </summary>
    private bool RepeatsOnlyShowAtTheEnd(SampleBatch batch, CancellationToken cancellation)
    {
        bool repeats = true;
        _run!.Run(
            (_, _, values) =>
            {
                if (values.Length % batch.Size != 0)
                {
                    repeats = false;
                    return;
                }
                int length = values.Length / batch.Size;
                ReadOnlySpan<byte> last = Bytes(values.Slice((batch.Samples.Count - 1) * length, length));
                for (int i = batch.Samples.Count; i < batch.Size; i++)
                    repeats &= Bytes(values.Slice(i * length, length)).SequenceEqual(last);
            },
            cancellation
        );
        return repeats;
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values);
}
