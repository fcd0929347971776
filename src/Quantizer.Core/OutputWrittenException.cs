namespace Quantizer;

/// <summary>The run failed after it had written files, which are whole: a report or the comparison is missing, not the result.</summary>
/// <param name="remark">What was written, and what is missing; a sentence.</param>
/// <param name="reason">What went wrong.</param>
public sealed class OutputWrittenException(string remark, Exception reason) : QuantizationException($"{reason.Message} {remark}", reason)
{
    /// <summary>What was written, and what is missing; a sentence.</summary>
    public string Remark { get; } = remark;
}
