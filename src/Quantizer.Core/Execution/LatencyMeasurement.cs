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

    /// <summary>Where the machine is so busy that ratios do not settle, a measurement may take so many budgets.</summary>
    private const int BusyBudgets = 3;

    /// <summary>Rounds beyond this no longer move the minimum.</summary>
    private const int MostRounds = 1000;

    /// <summary>The first runs allocate, touch memory for the first time and let the processor's clock rise.</summary>
    private const double WarmUpShare = 0.1;

    /// <param name="models">Models that take the same inputs; open them with one thread to compare kernels.</param>
    /// <param name="inputs">One tensor per input.</param>
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
            List<double>[] times = Interleaved(runs, limit, cancellation);
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

    private static List<double>[] Interleaved(List<BoundRun> runs, TimeSpan limit, CancellationToken cancellation)
    {
        List<double>[] times = [.. runs.Select(_ => new List<double>())];
        Stopwatch watch = Stopwatch.StartNew();
        for (int round = 0; round < MostRounds; round++)
        {
            bool isEnough = watch.Elapsed > limit && round >= FewestRounds;
            if (isEnough && (watch.Elapsed > limit * BusyBudgets || AreSettled(times)))
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

    private static bool AreSettled(List<double>[] times)
    {
        LatencyResult[] results = [.. times.Select(of => new LatencyResult(of))];
        return results.All(result => SpeedRatio.Of(results[0], result).IsSettled);
    }
}
