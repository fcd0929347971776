using Quantizer.Execution;
using Quantizer.Placement;

namespace Quantizer.Pipeline.Forms;

/// <summary>What a speed-up is worth: whether it can be told, whether anybody notices it, and what accuracy may be given for it.</summary>
internal static class SpeedWorth
{
    /// <summary>Below this speed-up a user would not notice, and INT8 only costs accuracy.</summary>
    public const double NoticeableSpeedup = 1.05;

    /// <summary>What is over sooner is not worth a choice, and hard to time surely, unless integers are <see cref="ClearlySlower"/>.
    /// </summary>
    private const double ShortMs = 0.1;

    /// <summary>What is over sooner is mostly the call itself.</summary>
    private const double ShortestMs = 0.02;

    private const double ClearlySlower = 0.95;

    /// <summary>A smaller speed-up is not worth noise that anybody sees: float with stored weights keeps ten decibels more.</summary>
    private const double ClearSpeedup = 1.1;

    /// <summary>Less is a difference that another set of samples may turn round.</summary>
    private const double NoticeableDb = 1;

    /// <summary>Whether the form is decided by measuring, and was not by another run.</summary>
    public static bool AreMeasured(QuantizationOptions options) => options is { SlowIntegers: SlowIntegers.Measured, KnownSlowNodes: null };

    /// <summary>Whether the choice of form is the tool's.</summary>
    public static bool HasFreeForm(QuantizationOptions options) =>
        options is { Activations: ActivationMode.Automatic, Include.Count: 0, Exclude.Count: 0, ExcludeOpTypes.Count: 0 };

    /// <summary>Whether a run takes so long that a choice of forms is worth it and can be timed.</summary>
    /// <param name="latency">Of the user's file, the cleaned graph and the quantized one.</param>
    public static bool IsLongEnough(IReadOnlyList<LatencyResult> latency) =>
        latency.Min(model => model.MinimumMilliseconds)
        > (Ratio(latency) is { IsSettled: true, Speedup: < ClearlySlower } ? ShortestMs : ShortMs);

    /// <summary>Whether the form would have been chosen by measuring if the network took longer.</summary>
    /// <param name="latency">As above.</param>
    public static bool IsTooShort(QuantizationOptions options, IReadOnlyList<LatencyResult> latency) =>
        AreMeasured(options) && HasFreeForm(options) && !IsLongEnough(latency);

    /// <summary>Against the faster of the user's file and the cleaned graph.</summary>
    public static double Speedup(IReadOnlyList<LatencyResult> latency) => Ratio(latency).Speedup;

    /// <inheritdoc cref="Speedup"/>
    public static SpeedRatio Ratio(IReadOnlyList<LatencyResult> latency) =>
        SpeedRatio.Of(latency.Take(2).MinBy(model => model.MinimumMilliseconds)!, latency[2]);

    /// <summary>Whether integers that keep the floor give way even where stored weights alone do not, and so keep it by luck: some of the
    /// weights are in float then.</summary>
    public static bool MustNotStay(QuantizationOptions options, double speedup) =>
        options.KeepsFloor && (options.SlowIntegers == SlowIntegers.Stored || speedup < ClearlySlower);

    /// <summary>Whether the speed-up is less than what integers lose is worth.</summary>
    public static bool IsTooLittle(double speedup, double integersDb) =>
        speedup < NoticeableSpeedup || (speedup < ClearSpeedup && integersDb < OtherForm.PlentyDb);

    /// <summary>Whether integers that nobody notices are better than weights that are only stored: where those are of more layers (of the
    /// LSTM and of the convolutions in front of it), they may lose more.</summary>
    public static bool AreWorthIt(double speedup, double integersDb, double storedDb) =>
        speedup >= 1 && storedDb < integersDb - NoticeableDb;

    /// <summary>Whether stored weights are slower than FP32, and than integers, beyond the spread of both.</summary>
    public static bool IsSurelySlower(SpeedRatio stored, SpeedRatio integers) =>
        stored.Speedup + stored.Spread < Math.Min(1, integers.Speedup - integers.Spread);
}
