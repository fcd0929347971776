namespace Quantizer;

/// <summary>The run was cancelled after it had written files, which are whole.</summary>
/// <param name="remark">What was written, and what is missing; a sentence.</param>
/// <param name="reason">What the cancelled step threw.</param>
/// <param name="cancellation">What asked the run to stop.</param>
public sealed class CanceledAfterWritingException(string remark, Exception reason, CancellationToken cancellation)
    : OperationCanceledException($"Cancelled. {remark}", reason, cancellation)
{
    /// <summary>What was written, and what is missing; a sentence.</summary>
    public string Remark { get; } = remark;
}
