using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>Samples opened from a path the user gave, of either kind.</summary>
internal sealed class DataSet : IDisposable
{
    private readonly Func<IReadOnlyList<SkippedSample>> _skipped;
    private readonly IDisposable? _owned;

    private DataSet(string path, ISampleSource samples, Func<IReadOnlyList<SkippedSample>> skipped, IDisposable? owned)
    {
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
        return new DataSet(path, source, () => [], source);
    }

    /// <param name="pictures">Those chosen from the folder.</param>
    public static DataSet Pictures(PictureFolder folder, PictureSet pictures, PictureInput input, PicturePreparation preparation)
    {
        PictureSource source = new(pictures, input, preparation);
        return new DataSet(folder.Path, source, () => [.. folder.Unsupported, .. source.Skipped], owned: null);
    }

    public void Dispose() => _owned?.Dispose();
}
