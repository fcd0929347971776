using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>The pictures that candidates are tried on: decoded and resized once, as many as were asked for so far.</summary>
/// <param name="keep">Kept in memory for the stage that comes next: else what does not fit would be opened three times in a run.</param>
internal sealed class TrialPictures(PictureSet pictures, PictureGeometry geometry, SampleWorkers workers, bool keep = true)
{
    private readonly SampleReader<LoadedPicture> _reader = new(pictures.Count, index => pictures.Load(index, geometry, keep));

    private readonly List<LoadedPicture> _loaded = [];
    private int _tried;

    public bool HasLabels => pictures.HasLabels;

    /// <summary>Whether all seen so far have the model's size by themselves: then there is nothing to resize.</summary>
    public bool AreOfSize => pictures.SizesSeen is [var only] && only == (geometry.Width, geometry.Height);

    /// <summary>The same pictures in another geometry, which the next stage may not want.</summary>
    public TrialPictures Other(PictureGeometry other) => new(pictures, other, workers, keep: false);

    /// <summary>The first readable ones of the set; its order spreads any beginning evenly over the classes.</summary>
    /// <exception cref="QuantizationException">None can be read.</exception>
    public IReadOnlyList<LoadedPicture> First(int count)
    {
        Load(Math.Min(count, pictures.Count));
        // Those at the beginning may all be broken.
        while (_loaded.Count == 0 && _tried < pictures.Count)
            Load(Math.Min(2 * Math.Max(_tried, 1), pictures.Count));
        if (_loaded.Count == 0)
            SkipLimit.Check($"'{pictures.FolderPath}'", 0, pictures.Skipped);
        return [.. _loaded.Take(count)];
    }

    private void Load(int wanted)
    {
        if (wanted <= _tried)
            return;
        int start = _tried;
        _loaded.AddRange(workers.Map(wanted - start, index => _reader.Load(start + index)).OfType<LoadedPicture>());
        _tried = wanted;
    }
}
