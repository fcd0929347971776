using Quantizer.Calibration.Statistics;
using Quantizer.Choices;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Limits;
using Quantizer.Pipeline.Forms;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>Refuses what cannot be meant, before any work: what is found wrong later costs the caller a calibration.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    public static void Check(QuantizationOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.ModelPath, nameof(options.ModelPath));
        ArgumentNullException.ThrowIfNull(options.CalibrationPaths, nameof(options.CalibrationPaths));
        if (options.CalibrationPaths.Count > 0)
            CheckPaths(options.CalibrationPaths, nameof(options.CalibrationPaths));
        if (options.EvaluationPaths.Count > 0)
            CheckPaths(options.EvaluationPaths, nameof(options.EvaluationPaths));
        if (options.RandomSamples is { } random)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(random, 1, nameof(options.RandomSamples));
            if (options.CalibrationPaths.Count > 0)
                throw new ArgumentException("Random samples are for models without data; both are given.", nameof(options.RandomSamples));
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 1, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EvaluationSamples, 1, nameof(options.EvaluationSamples));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Seed, nameof(options.Seed));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options.BatchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FloorTime, TimeSpan.Zero, nameof(options.FloorTime));
        ArgumentNullException.ThrowIfNull(options.Method, nameof(options.Method));
        ArgumentNullException.ThrowIfNull(options.Target, nameof(options.Target));
        ActivationWords.Modes.Check(options.Activations, nameof(options.Activations));
        SlowIntegersWords.Words.Check(options.SlowIntegers, nameof(options.SlowIntegers));
        if (options.WeightsOnly is { } storage)
        {
            StorageWords.Types.Check(storage, nameof(options.WeightsOnly));
            if (options.Activations is not (ActivationMode.Automatic or ActivationMode.None))
                throw new ArgumentException("Where only weights become integers, activations have no form.", nameof(options.WeightsOnly));
        }
        StatisticsWords.Modes.Check(options.Statistics, nameof(options.Statistics));
        WeightWords.Granularities.Check(options.WeightGranularity, nameof(options.WeightGranularity));
        WeightWords.Ranges.Check(options.WeightRanges, nameof(options.WeightRanges));
        CorrectionWords.Modes.Check(options.BiasCorrection, nameof(options.BiasCorrection));
        ChannelScalingWords.Modes.Check(options.ChannelScaling, nameof(options.ChannelScaling));
        Check(options.Pictures);
        Check(options.Judging);
        Check(options.Inputs);
        LimitChecks.Check(options.Limits);
    }

    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    public static void Check(CompareOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Fp32Path, nameof(options.Fp32Path));
        ArgumentException.ThrowIfNullOrEmpty(options.Int8Path, nameof(options.Int8Path));
        CheckPaths(options.DataPaths, nameof(options.DataPaths));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 1, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Seed, nameof(options.Seed));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        Check(options.Pictures);
        Check(options.Judging);
        Check(options.Inputs);
        LimitChecks.Check(options.Limits);
    }

    private static void CheckPaths(IReadOnlyList<string> paths, string parameter)
    {
        if (paths.Count == 0 || paths.Any(string.IsNullOrEmpty))
            throw new ArgumentException("At least one path must be given, and none may be empty.", parameter);
    }

    private static void Check(InputOptions options)
    {
        if (options.Frame is { } frame)
            ArgumentOutOfRangeException.ThrowIfLessThan(frame, 1, nameof(options.Frame));
        if (options.Hop is { } hop)
            ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1, nameof(options.Hop));
        if (options.RawShape?.Any(size => size < 1) == true)
            throw new ArgumentException("Every size must be at least 1.", nameof(options.RawShape));
        if (options.Constants.FirstOrDefault(constant => constant.Value.Count == 0).Key is { } empty)
            throw new ArgumentException($"Input '{empty}' has no values.", nameof(options.Constants));
    }

    private static void Check(TaskOptions options)
    {
        Check(TaskTable.Words, options.Task, nameof(options.Task));
        // Written so that what is no number is refused as well.
        if (options.Confidence is { } confidence && !(confidence >= 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options.Confidence),
                confidence,
                "A confidence lies between 0 and 1; at 1 nothing would be found."
            );
        }
    }

    private static void Check(PictureOptions options)
    {
        Check(PictureWords.Channels, options.Channels, nameof(options.Channels));
        Check(PictureWords.Resizes, options.Resize, nameof(options.Resize));
        Check(PictureWords.Interpolations, options.Interpolation, nameof(options.Interpolation));
        Check(PictureWords.Layouts, options.Layout, nameof(options.Layout));
    }

    private static void Check<T>(WordTable<T> words, T? value, string parameter)
        where T : struct, Enum
    {
        if (value is { } said)
            words.Check(said, parameter);
    }
}
