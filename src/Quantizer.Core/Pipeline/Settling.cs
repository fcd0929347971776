using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Placement;
using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>
/// Settles in which form a network is written, once there are figures: it keeps its task's floor, and integers that are no faster
/// are given up. Each form that is taken replaces the file.
/// </summary>
/// <param name="write">Replaces the file.</param>
internal sealed class Settling(
    QuantizationOptions options,
    ComparedData compared,
    Quantization quantization,
    Func<QuantizedRun, WrittenModel> write
)
{
    /// <summary>What is over sooner is not worth a choice, and too short to time surely.</summary>
    private const double ShortestMs = 0.1;

    /// <summary>Less is a difference that another set of samples may turn round.</summary>
    private const double NoticeableDb = 1;

    /// <returns>The results with what the file holds now, how it compares, and the times of the user's file, the cleaned graph and
    /// the quantized one.</returns>
    public (RunResults Results, ComparisonResult Comparison, IReadOnlyList<LatencyResult> Latency) Run(RunResults results)
    {
        ComparisonResult comparison = Compare(results);
        if (!comparison.Task.MeetsFloor)
            (results, comparison) = AboveFloor(results, comparison);
        IReadOnlyList<LatencyResult> latency = MeasureLatency(results);
        return IsUnnoticed(results, latency) && Stored(results, comparison, Speedup(latency)) is { } stored
            ? (stored.Results, stored.Comparison, MeasureLatency(stored.Results))
            : (results, comparison, latency);
    }

    private (RunResults, ComparisonResult) AboveFloor(RunResults results, ComparisonResult comparison)
    {
        FloorKeeper keeper = new(
            new FloorSubject(compared, results.Data.Calibration, options.FloorTime) { Known = options.KnownFloor },
            results.Quantized,
            comparison,
            quantization
        );
        while (options.KeepsFloor && !comparison.Task.MeetsFloor && keeper.Next() is { } next)
        {
            results = results with { Quantized = next, Written = write(next) };
            comparison = Compare(results);
        }
        return (results with { Floor = keeper.Report }, comparison);
    }

    /// <summary>Whether integers gain nothing that anybody notices, and the choice is the tool's.</summary>
    private bool IsUnnoticed(RunResults results, IReadOnlyList<LatencyResult> latency) =>
        options is { Activations: ActivationMode.Automatic, Include.Count: 0, Exclude.Count: 0, ExcludeOpTypes.Count: 0 }
        && results.Floor is not { Outcome: FloorOutcome.Left }
        && results.Quantized.Sites.Weights.Count + results.Quantized.Sites.Dynamic.Count > 0
        && options.SlowIntegers switch
        {
            SlowIntegers.Kept => false,
            SlowIntegers.Stored => true,
            _ => latency.Min(model => model.MinimumMilliseconds) > ShortestMs && Speedup(latency) < RunFindings.NoticeableSpeedup,
        };

    /// <summary>With weights that are only stored as integers; null, and the file as it was, where that falls below the floor, or keeps
    /// less than integers that cost no time.</summary>
    private (RunResults Results, ComparisonResult Comparison)? Stored(RunResults results, ComparisonResult integers, double speedup)
    {
        QuantizedRun stored = quantization.Stored(
            results.Quantized,
            results.Data.Calibration,
            compared.Sample,
            "in integers the network is not noticeably faster"
        );
        RunResults written = results with { Quantized = stored, Written = write(stored), UnnoticedSpeedup = speedup };
        ComparisonResult comparison = Compare(written);
        bool areWorthIt =
            options.SlowIntegers == SlowIntegers.Measured && AreWorthIt(speedup, WorstDb(integers), storedDb: WorstDb(comparison));
        if (comparison.Task.MeetsFloor && !areWorthIt)
            return (written, comparison);
        write(results.Quantized);
        return null;
    }

    /// <summary>Whether integers that nobody notices are better than weights that are only stored: where those are of more layers (of the
    /// LSTM and of the convolutions in front of it), they may lose more.</summary>
    internal static bool AreWorthIt(double speedup, double integersDb, double storedDb) =>
        speedup >= 1 && storedDb < integersDb - NoticeableDb;

    /// <summary>Of the output that keeps least.</summary>
    private static double WorstDb(ComparisonResult comparison) => comparison.Outputs.Min(output => output.MedianDb);

    /// <summary>Against the faster of the user's file and the cleaned graph.</summary>
    private static double Speedup(IReadOnlyList<LatencyResult> latency) =>
        Math.Min(latency[0].MinimumMilliseconds, latency[1].MinimumMilliseconds) / latency[2].MinimumMilliseconds;

    private IReadOnlyList<LatencyResult> MeasureLatency(RunResults results)
    {
        using InferenceModel int8 = InferenceModel.Load(results.Written.Path);
        using InferenceModel cleaned = InferenceModel.Load(results.Quantized.Placement.Placed.Source.Model);
        return compared.MeasureLatency(compared.Reference, cleaned, int8);
    }

    private ComparisonResult Compare(RunResults results)
    {
        using InferenceModel int8 = InferenceModel.Load(results.Written.Path);
        return compared.Compare(int8);
    }
}
