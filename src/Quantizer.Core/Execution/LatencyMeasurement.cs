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
    )
    {
        List<BoundRun> runs = [];
        try
        {
            foreach (InferenceModel model in models)
                runs.Add(new BoundRun(model, inputs, [.. model.Outputs.Select(output => output.Name)]));
            TimeSpan limit = budget ?? DefaultBudget;
            WarmUp(runs, limit * WarmUpShare, cancellation);
            // What is asked for is measured; one model alone has no ratio.
            bool mayEndSoon = budget is null && runs.Count > 1;
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
