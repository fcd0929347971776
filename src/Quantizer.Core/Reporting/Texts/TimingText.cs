namespace Quantizer.Reporting.Texts;

/// <summary>Where a run's time went.</summary>
internal static class TimingText
{
    /// <summary>By the clock; of reports that have no such times, by what was done.</summary>
    public static IReadOnlyList<(string Stage, double Milliseconds)> ByClock(TimingReport timing) =>
        timing.Stages.Count > 0 ? [.. timing.Stages.Select(stage => (stage.Stage, stage.Milliseconds))] : Stages(timing);

    /// <summary>What took any time, in the order of the run; of parallel work the sum over the workers.</summary>
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
