namespace Quantizer.Samples;

/// <summary>A source whose first readable sample stays in memory: stages that want just one open no file again, before or after the
/// others.</summary>
internal sealed class FirstSampleSource(ISampleSource source) : ISampleSource
{
    private readonly SampleReader<Sample> _reader = new(source.Count, source.Load);

    public int Count => source.Count;

    /// <summary>Null when none can be read.</summary>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    public Sample? First() => _reader.First();

    public string NameOf(int index) => source.NameOf(index);

    public int? LabelOf(int index) => source.LabelOf(index);

    public Sample Load(int index) => _reader.Remembered(index) ?? _reader.Remember(index, source.Load(index));
}
