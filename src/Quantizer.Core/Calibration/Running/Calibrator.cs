using System.Diagnostics;
using Quantizer.Calibration.Observation;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>
/// Runs a model over samples and gathers the statistics of its tensors: one pass, memory independent of the number of
/// samples. The statistics are the same for any number of workers, any batch size and any order of the samples, because
/// every activation is: all workers call one session that uses one thread, one optimization level and one set of outputs.
/// </summary>
internal static class Calibrator
{
    /// <summary>Observes what a placement names.</summary>
    /// <inheritdoc cref="Run"/>
    public static CalibratedModel Calibrate(
        PlacedModel placed,
        ISampleSource samples,
        CalibrationOptions options,
        Action<int>? progress = null,
        CancellationToken cancellation = default
    ) => new(placed, Run(placed.Lowered.Model, placed.Sites.Observed, samples, options, progress, cancellation));

    /// <param name="model">A normalized model.</param>
    /// <param name="tensors">Names of float tensors: graph inputs or outputs of the main graph's nodes.</param>
    /// <param name="progress">Told the number of samples done, one call at a time, from the workers' threads.</param>
    /// <exception cref="QuantizationException">
    /// A tensor cannot be observed, a sample does not fit the model or makes an output NaN or infinite, or more than half of
    /// the samples cannot be read. Of several such samples the first is named.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled, within one node of the model.</exception>
    public static CalibrationRun Run(
        OnnxModel model,
        IReadOnlyCollection<string> tensors,
        ISampleSource samples,
        CalibrationOptions options,
        Action<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        if (samples.Count == 0)
            throw new QuantizationException("There are no calibration samples.");
        SampleWorkers threads = new(options.Workers, cancellation);
        long start = Stopwatch.GetTimestamp();
        List<string> inputs = ObservedInputs(model.Graph, tensors);
        using TappedModel tapped = TappedModel.Open(model, [.. tensors.Except(inputs)]);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Batching batching = Batching.For(tapped, options.BatchSize, reader.First, cancellation);
        TimeSpan preparation = Stopwatch.GetElapsedTime(start);

        using FiniteOutputs outputs = new(model);
        SampleKeeper? keeper = options.KeepsSamples ? new SampleKeeper() : null;
        Range[] groups = Groups(samples.Count, batching.Size);
        CalibrationWorker[] workers =
        [
            .. Enumerable
                .Range(0, Math.Min(threads.Threads, groups.Length))
                .Select(_ => new CalibrationWorker(tapped, inputs, reader, batching, outputs, options.Sampled, keeper)),
        ];
        try
        {
            SampleProgress done = new(progress);
            threads.Run(
                groups.Length,
                (worker, group) =>
                {
                    workers[worker].Count(groups[group], cancellation);
                    done.Add(groups[group].End.Value - groups[group].Start.Value);
                }
            );
            SkipLimit.Check("The calibration data", samples.Count - reader.Skipped.Count, reader.Skipped);
            CalibrationStatistics statistics = Merged(workers);
            Require(tapped, statistics);
            return new CalibrationRun(
                statistics,
                reader.Skipped,
                keeper?.Kept ?? [],
                Timing(start, preparation, workers),
                Notes(tapped, batching, workers, samples)
            )
            {
                Survey = Surveyed(workers),
                Settling = Settled(workers),
            };
        }
        finally
        {
            foreach (CalibrationWorker worker in workers)
                worker.Dispose();
        }
    }

    private static List<string> ObservedInputs(Graph graph, IReadOnlyCollection<string> tensors)
    {
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name)];
        List<string> inputs = [];
        foreach (ValueInfo input in graph.Inputs)
        {
            if (constants.Contains(input.Name) || !tensors.Contains(input.Name))
                continue;
            if (!FloatValues.Supports(input.Type))
            {
                throw new QuantizationException(
                    $"Input '{input.Name}' cannot be observed: its type is {input.Type}, only float tensors have ranges."
                );
            }

            inputs.Add(input.Name);
        }
        return inputs;
    }

    private static Range[] Groups(int samples, int size) =>
        [.. Enumerable.Range(0, (samples + size - 1) / size).Select(group => (group * size)..Math.Min((group + 1) * size, samples))];

    private static CalibrationStatistics Merged(CalibrationWorker[] workers)
    {
        Dictionary<string, TensorStatistics> merged = [];
        foreach ((string tensor, TensorStatistics first) in workers[0].Statistics)
        {
            foreach (CalibrationWorker worker in workers.Skip(1))
                first.Merge(worker.Statistics[tensor]);
            merged[tensor] = first;
        }
        return new CalibrationStatistics(merged, workers.Sum(worker => worker.Counted));
    }

    private static Dictionary<string, RangeSettling> Settled(CalibrationWorker[] workers)
    {
        Dictionary<string, RangeSettling> merged = new(workers[0].Settling);
        foreach (CalibrationWorker worker in workers.Skip(1))
        {
            foreach ((string tensor, RangeSettling settling) in worker.Settling)
                merged[tensor].Merge(settling);
        }

        return merged;
    }

    private static SampleSurvey Surveyed(CalibrationWorker[] workers)
    {
        SampleSurvey merged = new();
        foreach (CalibrationWorker worker in workers)
            merged.Merge(worker.Survey);
        return merged;
    }

    /// <exception cref="QuantizationException">No sample counted, or a tensor never held a value.</exception>
    private static void Require(TappedModel model, CalibrationStatistics statistics)
    {
        if (statistics.Samples == 0)
        {
            throw new QuantizationException(
                $"No sample could be used: '{model.Session.Name}' takes a fixed number of samples at once, more than there are readable "
                    + $"ones. Give more samples."
            );
        }

        foreach ((string tensor, TensorStatistics values) in statistics.Tensors)
        {
            if (values.Count == 0)
            {
                throw new QuantizationException(
                    $"Tensor '{tensor}' was empty for every sample: it has no range. Check that the data is what the model was made for, "
                        + $"or exclude the node that reads it."
                );
            }
        }
    }

    private static CalibrationTiming Timing(long start, TimeSpan preparation, CalibrationWorker[] workers) =>
        new(
            Stopwatch.GetElapsedTime(start),
            preparation,
            Sum(workers, worker => worker.DecodeTime),
            Sum(workers, worker => worker.InferenceTime),
            Sum(workers, worker => worker.StatisticsTime)
        );

    private static TimeSpan Sum(CalibrationWorker[] workers, Func<CalibrationWorker, TimeSpan> time) =>
        workers.Aggregate(TimeSpan.Zero, (sum, worker) => sum + time(worker));

    private static List<string> Notes(TappedModel model, Batching batching, CalibrationWorker[] workers, ISampleSource samples)
    {
        List<string> notes = [];
        if (batching.Note is { } note)
            notes.Add(note);
        if (model.ObservationProblem is { } problem)
            notes.Add($"Calibration read the tensors as outputs of the model, which is slower: {problem}");
        int[] leftOut = [.. workers.SelectMany(worker => worker.LeftOut).Order()];
        if (leftOut.Length > 0)
        {
            notes.Add(
                $"{leftOut.Length} samples were left out, from '{samples.NameOf(leftOut[0])}' on: the model takes {batching.Size} at "
                    + $"once, and these did not fill a batch."
            );
        }

        return notes;
    }
}
