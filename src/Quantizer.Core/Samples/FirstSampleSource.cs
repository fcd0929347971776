namespace Quantizer.Samples;

/// <summary>A source whose first readable sample stays in memory: stages that want just one open no file again.</summary>
internal sealed class FirstSampleSource(ISampleSource source) : ISampleSource
{
    private readonly SampleReader<Sample> _reader = new(source.Count, source.Load);
    private readonly Lock _lock = new();
    private Sample? _first;
    private int _index = -1;

    public int Count => source.Count;

    /// <summary>Null when none can be read.</summary>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    public Sample? First()
    {
        lock (_lock)
        {
            for (int index = 0; _first is null && index < Count; index++)
                if (_reader.Load(index) is { } sample) (_first, _index) = (sample, index);
            return _first;
        }
    }

    public string NameOf(int index) => source.NameOf(index);

    public int? LabelOf(int index) => source.LabelOf(index);

    public Sample Load(int index) => index == _index ? _first! : source.Load(index);
}
