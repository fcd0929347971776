namespace Quantizer.Reporting.Texts;

/// <summary>What data a report's figures stand on, in words.</summary>
internal static class DataText
{
    /// <summary>512 samples, 3 skipped</summary>
    public static string Calibration(CalibrationDataReport data) =>
        data.Samples == 0
            ? "nothing: no range had to be learnt" + Skipped(data.Skipped)
            : FigureText.Count(data.Samples, data.Random ? "random sample" : "sample") + Skipped(data.Skipped);

    /// <summary>2,000 samples, 2,000 of them labelled, held out</summary>
    public static string Evaluation(DataReport data)
    {
        if (data.Evaluation is not { } evaluation)
            return "nothing: there were no data, so nothing was judged";
        string labelled = evaluation.Labelled switch
        {
            0 => ", without labels",
            int count when count == evaluation.Samples => ", all labelled",
            int count => $", {FigureText.Count(count)} of them labelled",
        };
        // A comparison of two finished files knows of no calibration data, so neither word applies.
        string origin = (data.Calibration, evaluation.HeldOut) switch
        {
            (null, _) => "",
            (_, true) => ", not seen in calibration",
            _ => ", the calibration data",
        };
        return FigureText.Count(evaluation.Samples, evaluation.Random ? "random sample" : "sample")
            + labelled
            + origin
            + Skipped(evaluation.Skipped);
    }

    private static string Skipped(IReadOnlyList<SkippedFile> skipped) =>
        skipped.Count == 0 ? "" : $"; {FigureText.Count(skipped.Count, "file")} skipped";
}
