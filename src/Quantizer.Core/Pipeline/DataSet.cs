using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>Samples opened from a path the user gave, of either kind.</summary>
internal sealed class DataSet : IDisposable
{
    private readonly Func<IReadOnlyList<SkippedSample>> _skipped;
    private readonly IDisposable? _owned;
    private readonly PictureSet? _pictures;

    private DataSet(string path, ISampleSource samples, PictureSet? pictures, Func<IReadOnlyList<SkippedSample>> skipped, IDisposable? owned)
    {
        _pictures = pictures;
        Path = path;
        Samples = samples;
        _skipped = skipped;
        _owned = owned;
    }

    public string Path { get; }

    public ISampleSource Samples { get; }

    /// <summary>Files left out so far: unsupported ones, and those found broken when they were read.</summary>
    public IReadOnlyList<SkippedSample> Skipped => _skipped();

    public static DataSet Arrays(string path, IReadOnlyList<TensorSignature> inputs, int count, int seed)
    {
        ArraySource source = ArraySource.Open(path, inputs, count, seed);
        return new DataSet(path, source, null, () => [], source);
    }

    /// <param name="pictures">Those chosen from the folder.</param>
    public static DataSet Pictures(PictureFolder folder, PictureSet pictures, PictureInput input, PicturePreparation preparation)
    {
        PictureSource source = new(pictures, input, preparation);
        return new DataSet(folder.Path, source, pictures, () => [.. folder.Unsupported, .. source.Skipped], owned: null);
    }

    /// <summary>Opens every picture as far as its header, so that data of no use are told before the work; arrays were checked when they were opened.</summary>
    /// <exception cref="QuantizationException">Too many cannot be read.</exception>
    public void CheckHeaders(SampleWorkers workers)
    {
        if (_pictures is not null) SkipLimit.Check($"'{Path}'", _pictures.CountReadable(workers), Skipped);
    }

    public void Dispose() => _owned?.Dispose();
}
