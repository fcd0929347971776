namespace Quantizer.Limits;

/// <summary>What a run must keep. A limit that is missed, or whose figure is not known, is a finding of severity error, and the command
/// line ends with exit code 3. Null: no limit.</summary>
public sealed record LimitOptions
{
    /// <summary>The most that the task's figure against the right answers may lose, FP32 minus INT8: points of 100 for shares (0.01 of an
    /// F1 is a point), decibels or bits for the others.</summary>
    public double? MaxDrop { get; init; }

    /// <summary>Percent: the least that the headline between both models may be, of tasks whose headline is a share of answers.</summary>
    public double? MinAgreement { get; init; }

    /// <summary>The least that the headline between both models may be, in its own unit, of any task.</summary>
    public double? MinFigure { get; init; }

    /// <summary>Decibels: the least signal over error of the median sample, at every output.</summary>
    public double? MinSqnr { get; init; }

    /// <summary>The least speed-up; missed only where the measured one and its spread together are less.</summary>
    public double? MinSpeedup { get; init; }

    /// <summary>The most bytes of the INT8 file, external data included.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The same as a share of the FP32 file: 0.3.</summary>
    public double? MaxShare { get; init; }
}
