using Quantizer.Calibration.Running;
using Quantizer.Comparison;
using Quantizer.Findings;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>What the user should know of a finished comparison.</summary>
internal static class RunFindings
{
    /// <summary>Below this speed-up a user would not notice, and INT8 only costs accuracy.</summary>
    private const double NoticeableSpeedup = 1.05;

    /// <summary>Published INT8 classifiers agree with their FP32 originals on 97 to 99.5 % of the samples.</summary>
    private const double GoodAgreement = 95.0;

    /// <summary>A loss that the better tools stay under on all published classifiers but the hardest.</summary>
    private const double NoticeableDrop = 1.0;

    /// <summary>Outputs noisier than this change what detectors find.</summary>
    private const double GoodSqnrDb = 15.0;

    /// <summary>Where the file's own FP32 speed is that much below the cleaned graph's, the user may want to know.</summary>
    private const double NoticeableCleaning = 1.15;

    /// <summary>With fewer samples the largest activations of a network are often not among those seen.</summary>
    private const int FewSamples = 32;

    private const string Improve = "Try --method minmax, mse, entropy or percentile in turn, more and more varied calibration samples, or keep the noisiest part in float with --exclude.";

    public static IEnumerable<Finding> OfSpeed(LatencyReport latency, double sourceMs, double cleanedMs, IntegerReport integer)
    {
        if (latency.Speedup < 1)
            yield return Warning("latency", $"INT8 is slower than FP32 here ({latency.Speedup:0.00}x).", "Deploy the FP32 model on this processor, or keep more of the model in float with --exclude or --exclude-op.");
        else if (latency.Speedup < NoticeableSpeedup)
            yield return Warning("latency", $"INT8 gains next to nothing here ({latency.Speedup:0.00}x).", "Deploy the FP32 model unless its size matters.");
        if (integer.PercentPlaced == 0)
            yield return Warning("placement", "Nothing was quantized: no convolution or matrix product of this model gains from integers.", "See the reasons with --verbose.");
        if (sourceMs > cleanedMs * NoticeableCleaning)
            yield return new Finding(FindingSeverity.Info, "latency",
                $"Your FP32 file takes {sourceMs:0.000} ms; cleaned (constants folded) the same network takes {cleanedMs:0.000} ms. The speed-up is against the cleaned one.", "");
    }

    public static IEnumerable<Finding> OfAccuracy(ComparisonResult result, bool heldOut)
    {
        if (!heldOut)
            yield return new Finding(FindingSeverity.Info, "data", "The accuracy figures are on the calibration data, which flatters INT8.", "Give held-out data with --eval.");
        if (result.Classification is { } classes)
        {
            double agreement = 100.0 * classes.Agreeing / result.Samples;
            if (agreement < GoodAgreement) yield return Warning("accuracy", $"INT8 and FP32 agree on only {agreement:0.00} % of the samples.", Improve);
            double drop = classes.Labelled == 0 ? 0 : 100.0 * (classes.ReferenceTop1 - classes.OtherTop1) / classes.Labelled;
            if (drop > NoticeableDrop) yield return Warning("accuracy", $"Top-1 accuracy drops by {drop:0.00} points.", Improve);
            if (classes.Labelled > 0 && 100.0 * classes.ReferenceTop1 / classes.Labelled < 200.0 / classes.Classes)
                yield return Warning("accuracy", $"The FP32 model itself is right on only {100.0 * classes.ReferenceTop1 / classes.Labelled:0.00} % of the samples, close to chance.", "Check the preparation flags and the order of the class folders or labels.");
            yield break;
        }
        foreach (OutputDifference output in result.Outputs)
            if (output.SqnrDb < GoodSqnrDb) yield return Warning($"output '{output.Name}'", $"Its signal is only {output.SqnrDb:0.0} dB above the quantization error.", Improve);
    }

    public static IEnumerable<Finding> OfData(PreparationChoice? preparation, CalibrationRun? calibration)
    {
        if (preparation is { IsGuess: true })
            yield return Warning("preprocessing", $"How the model wants its pictures is a guess. {preparation.Explanation}", $"Fix it with the right flags; this choice is {preparation.Flags}");
        if (calibration is not null && calibration.Statistics.Samples < FewSamples)
            yield return new Finding(FindingSeverity.Info, "data", $"Only {calibration.Statistics.Samples} calibration samples: rare large activations may be missing.", "Give a hundred or more varied samples.");
    }

    private static Finding Warning(string subject, string message, string remedy) => new(FindingSeverity.Warning, subject, message, remedy);
}
