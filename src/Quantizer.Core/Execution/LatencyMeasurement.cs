using System.Diagnostics;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Compares the speed of models on one input. Rounds are interleaved and change their order, so that a disturbance of the
/// machine hits all models alike; input and output memory is made beforehand.
/// </summary>
internal static class LatencyMeasurement
{
    /// <summary>What a measurement takes for all models together, unless <see cref="FewestRounds"/> take longer.</summary>
    public static readonly TimeSpan DefaultBudget = TimeSpan.FromSeconds(1.5);

    /// <summary>Below this a minimum says little on a busy machine.</summary>
    private const int FewestRounds = 15;

    /// <summary>With models so slow that <see cref="FewestRounds"/> would take many budgets, a few rounds must do.</summary>
    private const int FewestSlowRounds = 3;

    private const int SlowBudgets = 10;

    /// <summary>Where ratios are as sure as anybody reads them, more rounds would only take time: a third of the budget is enough then, and
    /// fewer rounds.</summary>
    private const double SureShare = 1.0 / 3,
        SureSpread = 0.02;

    private const int FewestSureRounds = 10;

    /// <summary>Looking at all times again and again must not take the time.</summary>
    private const int RoundsBetweenLooks = 5;

    /// <summary>Where the machine is so busy that ratios do not settle, a measurement may take so many budgets.</summary>
    private const int BusyBudgets = 3;

    /// <summary>Rounds beyond this no longer move the minimum.</summary>
    private const int MostRounds = 1000;

    /// <summary>Of all models together: what is opened twice must not take longer to open than to time.</summary>
    private static readonly TimeSpan FastOpening = TimeSpan.FromSeconds(0.3);

    /// <summary>The first runs allocate, touch memory for the first time and let the processor's clock rise.</summary>
    private const double WarmUpShare = 0.1;

    /// <param name="models">Models that take the same inputs; open them with one thread to compare kernels.</param>
    /// <param name="inputs">One tensor per input.</param>
    /// <param name="budget">Null: the default, or less where ratios are sure sooner.</param>
    /// <returns>One result per model, in their order.</returns>
    /// <exception cref="QuantizationException">A model cannot run on the inputs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<LatencyResult> Measure(
        IReadOnlyList<InferenceModel> models,
        IReadOnlyDictionary<string, TensorValue> inputs,
        TimeSpan? budget = null,
        CancellationToken cancellation = default
    ) =>
        // What is asked for is measured; one model alone has no ratio.
        MeasureFor(budget ?? DefaultBudget, mayEndSoon: budget is null && models.Count > 1, models, inputs, cancellation);

    /// <summary>
    /// As <see cref="Measure"/>, of models that are opened for it. Where a session comes to lie in memory moves its time by up to four
    /// hundredths, and what is opened later lies better: one file opened eight times in a process that had worked took 0.289 to 0.306 ms.
    /// So models that open fast are opened twice, in the opposite order, and timed for half of the budget each time.
    /// </summary>
    /// <param name="openings">Open models that take the same inputs; they are closed here.</param>
    /// <param name="clock">Tells how long that takes; null: the system's.</param>
    /// <returns>One result per model, in their order, of both times.</returns>
    /// <exception cref="QuantizationException">A model cannot be opened, or cannot run on the inputs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<LatencyResult> MeasureOpened(
        IReadOnlyList<Func<InferenceModel>> openings,
        IReadOnlyDictionary<string, TensorValue> inputs,
        TimeSpan? budget = null,
        CancellationToken cancellation = default,
        TimeProvider? clock = null
    )
    {
        clock ??= TimeProvider.System;
        TimeSpan limit = (budget ?? DefaultBudget) / 2;
        bool mayEndSoon = budget is null && openings.Count > 1;
        long start = clock.GetTimestamp();
        List<InferenceModel> models = [];
        IReadOnlyList<LatencyResult> first;
        try
        {
            Open(openings);
            // The weights of what opens slowly lie in pages of their own.
            if (clock.GetElapsedTime(start) > FastOpening)
                return MeasureFor(limit * 2, mayEndSoon, models, inputs, cancellation);
            start = clock.GetTimestamp();
            first = MeasureFor(limit, mayEndSoon, models, inputs, cancellation);
            Close();
            if (clock.GetElapsedTime(start) > limit * BusyBudgets)
                return first;
            Open(openings.Reverse());
            models.Reverse();
            IReadOnlyList<LatencyResult> second = MeasureFor(limit, mayEndSoon, models, inputs, cancellation);
            return [.. first.Zip(second, (one, other) => new LatencyResult([.. one.Milliseconds, .. other.Milliseconds]))];
        }
        finally
        {
            Close();
        }

        void Open(IEnumerable<Func<InferenceModel>> inOrder)
        {
            foreach (Func<InferenceModel> open in inOrder)
                models.Add(open());
        }

        void Close()
        {
            models.ForEach(model => model.Dispose());
            models.Clear();
        }
    }

    private static IReadOnlyList<LatencyResult> MeasureFor(
        TimeSpan limit,
        bool mayEndSoon,
        IReadOnlyList<InferenceModel> models,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    )
    {
        List<BoundRun> runs = [];
        try
        {
            foreach (InferenceModel model in models)
                runs.Add(new BoundRun(model, inputs, [.. model.Outputs.Select(output => output.Name)]));
            WarmUp(runs, limit * WarmUpShare, cancellation);
            List<double>[] times = Interleaved(runs, limit, mayEndSoon, cancellation);
            return [.. times.Select(of => new LatencyResult(of))];
        }
        finally
        {
            foreach (BoundRun run in runs)
                run.Dispose();
        }
    }

    private static void WarmUp(List<BoundRun> runs, TimeSpan limit, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            foreach (BoundRun run in runs)
                run.Run(cancellation);
        } while (watch.Elapsed < limit);
    }

    private static List<double>[] Interleaved(List<BoundRun> runs, TimeSpan limit, bool mayEndSoon, CancellationToken cancellation)
    {
        List<double>[] times = [.. runs.Select(_ => new List<double>())];
        Stopwatch watch = Stopwatch.StartNew();
        for (int round = 0; round < MostRounds; round++)
        {
            bool isEnough = watch.Elapsed > limit && round >= FewestRounds;
            if (isEnough && (watch.Elapsed > limit * BusyBudgets || AreSettled(times)))
                break;
            bool isLookedAt = mayEndSoon && round >= FewestSureRounds && round % RoundsBetweenLooks == 0;
            if (isLookedAt && watch.Elapsed > limit * SureShare && WorstSpread(times) <= SureSpread)
                break;
            if (watch.Elapsed > limit * SlowBudgets && round >= FewestSlowRounds)
                break;
            for (int i = 0; i < runs.Count; i++)
            {
                int model = (i + round) % runs.Count;
                long start = Stopwatch.GetTimestamp();
                runs[model].Run(cancellation);
                times[model].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return times;
    }

    private static bool AreSettled(List<double>[] times) => Ratios(times).All(ratio => ratio.IsSettled);

    /// <summary>As a share of each ratio.</summary>
    private static double WorstSpread(List<double>[] times) => Ratios(times).Max(ratio => ratio.Spread / ratio.Speedup);

    private static SpeedRatio[] Ratios(List<double>[] times)
    {
        LatencyResult[] results = [.. times.Select(of => new LatencyResult(of))];
        return [.. results.Select(result => SpeedRatio.Of(results[0], result))];
    }
}
