using System.Globalization;
using Quantizer.Findings;

namespace Quantizer.Pipeline.Reports;

/// <summary>What the user should know of an FP32 file that is slow for what it computes.</summary>
internal static class CleaningFindings
{
    /// <summary>Where the file's own FP32 speed is that much below the cleaned graph's, the user may want to know.</summary>
    private const double NoticeableCleaning = 1.15;

    /// <param name="vanished">Weights of next to nothing became zeros.</param>
    public static IEnumerable<Finding> Of(double sourceMs, double cleanedMs, bool vanished = false)
    {
        if (sourceMs > cleanedMs * NoticeableCleaning)
        {
            yield return FindingKind.FasterWhenCleaned.Of(
                "latency",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Your FP32 file takes {sourceMs:0.000} ms; cleaned (constants folded{(vanished ? ", weights of next to nothing, which processors are slow with, as zeros" : "")}) the same network takes {cleanedMs:0.000} ms. The speed-up is against the cleaned one."
                ),
                ""
            );
        }
    }
}
