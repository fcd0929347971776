using Quantizer.Calibration.Statistics;
using Quantizer.Choices;
using Quantizer.Comparison.Tasks;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Weights;

namespace Quantizer.Pipeline;

/// <summary>Refuses what cannot be meant, before any work: what is found wrong later costs the caller a calibration.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    public static void Check(QuantizationOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.ModelPath, nameof(options.ModelPath));
        ArgumentException.ThrowIfNullOrEmpty(options.CalibrationPath, nameof(options.CalibrationPath));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 1, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EvaluationSamples, 1, nameof(options.EvaluationSamples));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Seed, nameof(options.Seed));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options.BatchSize));
        ArgumentNullException.ThrowIfNull(options.Method, nameof(options.Method));
        ArgumentNullException.ThrowIfNull(options.Target, nameof(options.Target));
        StatisticsWords.Modes.Check(options.Statistics, nameof(options.Statistics));
        WeightWords.Granularities.Check(options.WeightGranularity, nameof(options.WeightGranularity));
        WeightWords.Ranges.Check(options.WeightRanges, nameof(options.WeightRanges));
        Check(options.Pictures);
        Check(options.Judging);
    }

    /// <exception cref="ArgumentException">An option has a value that cannot be meant.</exception>
    public static void Check(CompareOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Fp32Path, nameof(options.Fp32Path));
        ArgumentException.ThrowIfNullOrEmpty(options.Int8Path, nameof(options.Int8Path));
        ArgumentException.ThrowIfNullOrEmpty(options.DataPath, nameof(options.DataPath));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 1, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Seed, nameof(options.Seed));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        Check(options.Pictures);
        Check(options.Judging);
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
