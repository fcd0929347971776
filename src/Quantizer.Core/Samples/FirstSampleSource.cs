namespace Quantizer.Samples;

/// <summary>A source whose first readable sample stays in memory: stages that want just one open no file again, be it before the others or after them.</summary>
internal sealed class FirstSampleSource : ISampleSource
{
    private readonly ISampleSource _source;
    private readonly SampleReader<Sample> _reader;
    private readonly Lock _lock = new();
    private volatile Remembered? _first;

    public FirstSampleSource(ISampleSource source)
    {
        _source = source;
        _reader = new SampleReader<Sample>(source.Count, Load);
    }

    public int Count => _source.Count;

    /// <summary>Null when none can be read.</summary>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    public Sample? First() => _reader.First();

    public string NameOf(int index) => _source.NameOf(index);

    public int? LabelOf(int index) => _source.LabelOf(index);

    public Sample Load(int index)
    {
        if (_first is { } first && first.Index == index) return first.Sample;
        Sample sample = _source.Load(index);
        lock (_lock)
        {
            if (_first is null || index < _first.Index) _first = new Remembered(index, sample);
        }
        return sample;
    }

    private sealed record Remembered(int Index, Sample Sample);
}
