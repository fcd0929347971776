namespace Quantizer.Reporting;

/// <summary>Where a run's time went.</summary>
internal static class TimingText
{
    /// <summary>The stages that took any time, in the order of the run.</summary>
    public static IReadOnlyList<(string Stage, double Milliseconds)> Stages(TimingReport timing) =>
        [
            .. new (string Stage, double Milliseconds)[]
            {
                ("decoding", timing.DecodeMs),
                ("inference", timing.InferenceMs),
                ("statistics", timing.StatisticsMs),
                ("searching", timing.SearchMs),
                ("correcting", timing.CorrectionMs),
                ("rewriting", timing.RewriteMs),
                ("verifying", timing.VerifyMs),
            }.Where(stage => stage.Milliseconds > 0),
        ];
}
