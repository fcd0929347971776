namespace Quantizer.Samples;

/// <summary>
/// One sample cannot be read; the others can. A consumer leaves the sample out, records <see cref="ToSkipped"/> and, at the
/// end, lets <see cref="SkipLimit"/> decide whether too many were lost. Uncaught, it ends the run with its message.
/// </summary>
internal sealed class BrokenSampleException : QuantizationException
{
    public BrokenSampleException(string sample, string reason, Exception? inner = null)
        : base($"'{sample}': {reason}. Repair or remove it.", inner)
    {
        Sample = sample;
        Reason = reason;
    }

    /// <summary>The sample's name, as <see cref="ISampleSource.NameOf"/> gives it.</summary>
    public string Sample { get; }

    public string Reason { get; }

    public SkippedSample ToSkipped() => new(Sample, Reason);
}
