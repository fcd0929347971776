namespace Quantizer.Samples;

/// <summary>A fixed, ordered list of samples, each loaded on demand. Safe to call from several threads; what it gives depends on the
/// index only.</summary>
internal interface ISampleSource
{
    int Count { get; }

    /// <summary>A name for messages and reports: the file's path below the data folder, or the row.</summary>
    string NameOf(int index);

    /// <summary>The class index of a sample, where the data names one.</summary>
    int? LabelOf(int index);

    /// <exception cref="BrokenSampleException">This sample cannot be read: leave it out and go on.</exception>
    /// <exception cref="QuantizationException">The data cannot be used at all; the message names the file or row and why.</exception>
    Sample Load(int index);
}
