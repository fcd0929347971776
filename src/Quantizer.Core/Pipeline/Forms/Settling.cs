using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Pipeline.Comparing;
using Quantizer.Reporting;
using Quantizer.Search;
using Quantizer.Verification;

namespace Quantizer.Pipeline.Forms;

/// <summary>
/// Settles in which form a network is written, once there are figures: it keeps its task's floor, and integers that are no faster
/// are given up. All is judged in memory: the one that is taken has to be written.
/// </summary>
/// <param name="verify">Looks what runs of a form.</param>
internal sealed class Settling(
    QuantizationOptions options,
    ComparedData compared,
    Quantization quantization,
    Func<QuantizedRun, VerifiedModel> verify
)
{
    /// <summary>From such a speed-up on nodes whose integers are slower are none, or do not matter.</summary>
    private const double FastEnough = 1.25;

    /// <summary>What the report calls that form.</summary>
    private const string OnlyStored = "weights only stored";

    private readonly SpeedMemory _memory = new(options.SpeedFolder);

    /// <returns>The results with the form that is taken, how it compares, and the times of the user's file, the cleaned graph and
    /// the quantized one.</returns>
    public (RunResults Results, ComparisonResult Comparison, IReadOnlyList<LatencyResult> Latency) Run(RunResults results)
    {
        ComparisonResult comparison = Compare(results);
        Hastening hastening = new(compared, quantization, results.Data.Calibration);
        results = results with { OwnNoise = OwnNoise.Of(compared, results.Source.Model.Graph) };
        if (!comparison.Task.MeetsFloor && HasFloor(results))
            (results, comparison) = AboveFloor(results, comparison, IsMeasured && IsFormFree ? hastening : null);
        string? key = IsMeasured && IsFormFree ? SpeedMemory.KeyOf(options.ModelPath, results.Quantized, compared.Sample) : null;
        SpeedDecision? decided =
            options.KnownSlowNodes is { } known ? new SpeedDecision(known, Unnoticed: null)
            : key is not null ? Recalled(key)
            : null;
        if (decided is not null)
            return Repeated(results, comparison, hastening, decided);
        return Measured(results, comparison, hastening, key);
    }

    /// <param name="key">What the decision is kept under; null: it is not.</param>
    private (RunResults, ComparisonResult, IReadOnlyList<LatencyResult>) Measured(
        RunResults results,
        ComparisonResult comparison,
        Hastening hastening,
        string? key
    )
    {
        QuantizedRun whole = results.Quantized;
        IReadOnlyList<LatencyResult> latency = MeasureLatency(results);
        bool isInQuestion = SpeedWorth.IsLongEnough(latency) && SpeedWorth.Speedup(latency) < FastEnough;
        bool wasQuiet = SpeedWorth.Ratio(latency).IsSettled;
        (results, comparison, latency) = Chosen(results, whole, comparison, latency, hastening);
        bool isSettled = wasQuiet && SpeedWorth.Ratio(latency).IsSettled;
        if (key is not null && isInQuestion)
            _memory.Keep(key, new SpeedDecision(results.SlowNodes, results.UnnoticedSpeedup) { IsSettled = isSettled });
        return (results with { IsSpeedSettled = isSettled }, comparison, latency);
    }

    private (RunResults, ComparisonResult, IReadOnlyList<LatencyResult>) Chosen(
        RunResults results,
        QuantizedRun whole,
        ComparisonResult comparison,
        IReadOnlyList<LatencyResult> latency,
        Hastening hastening
    )
    {
        bool isStoredTried = false;
        if (MayBeHastened(results, latency) && hastening.Faster(whole) is { } faster)
        {
            // Where all of it is faster in float, all of its weights can be stored.
            isStoredTried = faster.Run.Sites is { Weights.Count: 0, Dynamic.Count: 0 };
            if (isStoredTried && StoredInTime(results, whole, comparison, latency) is { } all)
                return all;
            if (Hastened(results, hastening.With(whole, faster.Nodes)) is { } hastened)
            {
                IReadOnlyList<LatencyResult> times = MeasureLatency(hastened.Results);
                SlowNodesReport slow = new(faster.Nodes, SpeedWorth.Speedup(latency), SpeedWorth.Speedup(times));
                (results, comparison, latency) = (hastened.Results with { SlowNodes = slow }, hastened.Comparison, times);
            }
        }
        return
            !isStoredTried && IsUnnoticed(results, comparison, latency) && StoredInTime(results, whole, comparison, latency) is { } stored
            ? stored
            : (results, comparison, latency);
    }

    /// <summary>With weights that are only stored as integers; null also where that is slower than the integers it is to make up for:
    /// ONNX Runtime may join nodes around products in float, and be slower with them joined.</summary>
    private (RunResults, ComparisonResult, IReadOnlyList<LatencyResult>)? StoredInTime(
        RunResults results,
        QuantizedRun whole,
        ComparisonResult comparison,
        IReadOnlyList<LatencyResult> latency
    )
    {
        if (Stored(results, whole, comparison, SpeedWorth.Speedup(latency)) is not { } stored)
            return null;
        IReadOnlyList<LatencyResult> times = MeasureLatency(stored.Results);
        if (options.SlowIntegers == SlowIntegers.Measured && SpeedWorth.IsSurelySlower(SpeedWorth.Ratio(times), SpeedWorth.Ratio(latency)))
            return null;
        TellStored();
        return (stored.Results, stored.Comparison, times);
    }

    private void TellStored() => compared.Stages.Tried.Take("form", OnlyStored);

    /// <summary>What was decided by measuring before.</summary>
    private (RunResults, ComparisonResult, IReadOnlyList<LatencyResult>) Repeated(
        RunResults results,
        ComparisonResult comparison,
        Hastening hastening,
        SpeedDecision decided
    )
    {
        QuantizedRun whole = results.Quantized;
        if (decided.SlowNodes is { } slow && Hastened(results, hastening.With(whole, slow.Nodes)) is { } hastened)
            (results, comparison) = (hastened.Results with { SlowNodes = slow }, hastened.Comparison);
        if (decided.Unnoticed is { } unnoticed && Stored(results, whole, comparison, unnoticed) is { } stored)
        {
            (results, comparison) = stored;
            TellStored();
        }
        return (results, comparison, MeasureLatency(results));
    }

    private SpeedDecision? Recalled(string key)
    {
        SpeedDecision? decided = _memory.Recall(key);
        if (decided is not null and not { SlowNodes: null, Unnoticed: null })
            compared.Stages.Note($"The form is what was measured before on this processor, kept in '{options.SpeedFolder}'.");
        return decided;
    }

    private bool IsMeasured => SpeedWorth.AreMeasured(options);

    private static bool HasFloor(RunResults results) => results.OwnNoise is null or { HasFloor: true };

    /// <param name="hastening">Null where the speed of what keeps the floor is not asked for.</param>
    private (RunResults, ComparisonResult) AboveFloor(RunResults results, ComparisonResult comparison, Hastening? hastening)
    {
        FloorKeeper keeper = new(
            new FloorSubject(compared, results.Data.Calibration, options.FloorTime) { Known = options.KnownFloor },
            results.Quantized,
            comparison,
            quantization,
            hastening
        );
        while (options.KeepsFloor && !comparison.Task.MeetsFloor && keeper.Next() is { } next)
        {
            results = Tried(results, next);
            comparison = Compare(results);
        }
        keeper.TellTaken();
        return (results with { Floor = keeper.Report }, comparison);
    }

    /// <summary>Whether some nodes may be better in float, and the choice is the tool's.</summary>
    private bool MayBeHastened(RunResults results, IReadOnlyList<LatencyResult> latency) =>
        IsFormFree
        && IsMeasured
        && !results.Source.IsLarge
        && results.Floor is null or { Outcome: FloorOutcome.PartlyFloat }
        && results.Quantized.Sites.Weights.Count > 0
        && SpeedWorth.IsLongEnough(latency)
        && SpeedWorth.Speedup(latency) < FastEnough;

    /// <summary>With some nodes in float; null where that falls below the floor.</summary>
    private (RunResults Results, ComparisonResult Comparison)? Hastened(RunResults results, QuantizedRun faster)
    {
        RunResults hastened = Tried(results, faster);
        ComparisonResult comparison = Compare(hastened);
        return comparison.Task.MeetsFloor ? (hastened, comparison) : null;
    }

    private RunResults Tried(RunResults results, QuantizedRun run) =>
        results with
        {
            Quantized = run,
            Output = results.Output.Tried(verify(run)),
        };

    private bool IsFormFree => SpeedWorth.HasFreeForm(options);

    /// <summary>Whether integers gain nothing that anybody notices, and the choice is the tool's.</summary>
    private bool IsUnnoticed(RunResults results, ComparisonResult comparison, IReadOnlyList<LatencyResult> latency) =>
        IsFormFree
        && results.Floor is not { Outcome: FloorOutcome.Left }
        && results.Quantized.Sites.Weights.Count + results.Quantized.Sites.Dynamic.Count > 0
        && options.SlowIntegers switch
        {
            SlowIntegers.Kept => false,
            SlowIntegers.Stored => true,
            _ => SpeedWorth.IsLongEnough(latency) && SpeedWorth.IsTooLittle(SpeedWorth.Speedup(latency), WorstDb(comparison)),
        };

    /// <summary>With weights that are only stored as integers; null where that falls below the floor, or keeps less than integers that cost
    /// no time.</summary>
    /// <param name="whole">As it was before nodes were given back for their speed.</param>
    private (RunResults Results, ComparisonResult Comparison)? Stored(
        RunResults results,
        QuantizedRun whole,
        ComparisonResult integers,
        double speedup
    )
    {
        QuantizedRun stored = quantization.Stored(
            whole,
            results.Data.Calibration,
            compared.Sample,
            "in integers the network is not noticeably faster"
        );
        RunResults tried = Tried(results, stored) with { UnnoticedSpeedup = speedup, SlowNodes = null };
        ComparisonResult comparison = Compare(tried);
        if (!comparison.Task.MeetsFloor && SpeedWorth.MustNotStay(options, speedup) && results.Floor is null && HasFloor(results))
            (tried, comparison) = AboveFloor(tried with { IsFloorOfStored = true }, comparison, hastening: null);
        bool areWorthIt =
            options.SlowIntegers == SlowIntegers.Measured
            && SpeedWorth.AreWorthIt(speedup, WorstDb(integers), storedDb: WorstDb(comparison));
        double? told = comparison.Outputs.Count == 0 ? null : WorstDb(comparison);
        compared.Stages.Tried.Add("form", new JudgedCandidate(OnlyStored, told, comparison.Samples, IsTaken: false));
        return comparison.Task.MeetsFloor && !areWorthIt ? (tried, comparison) : null;
    }

    /// <summary>Of the output that keeps least; infinite where none could be compared value by value.</summary>
    private static double WorstDb(ComparisonResult comparison) =>
        comparison.Outputs.Select(output => output.MedianDb).DefaultIfEmpty(double.PositiveInfinity).Min();

    private IReadOnlyList<LatencyResult> MeasureLatency(RunResults results) => compared.MeasureLatency(results.Openings);

    private ComparisonResult Compare(RunResults results)
    {
        using InferenceModel int8 = results.Output.Open();
        return compared.Compare(int8);
    }
}
