namespace Quantizer.Samples;

/// <summary>Samples of which the first readable one can be looked at before the work, and is not loaded again when its turn comes.</summary>
internal sealed class FirstKeptSource : ISampleSource
{
    private readonly ISampleSource _source;
    private readonly int _index = -1;

    /// <param name="mostTried">Whoever reads on reports the broken samples; data that begin with that many are not looked through for this.</param>
    public FirstKeptSource(ISampleSource source, int mostTried)
    {
        _source = source;
        for (int index = 0; index < Math.Min(source.Count, mostTried) && First is null; index++)
        {
            try
            {
                (First, _index) = (source.Load(index), index);
            }
            catch (QuantizationException)
            {
                // Told when the sample's turn comes.
            }
        }
    }

    /// <summary>Null where none of the samples tried can be read.</summary>
    public Sample? First { get; }

    public int Count => _source.Count;

    public string NameOf(int index) => _source.NameOf(index);

    public int? LabelOf(int index) => _source.LabelOf(index);

    public Sample Load(int index) => index == _index ? First! : _source.Load(index);
}
