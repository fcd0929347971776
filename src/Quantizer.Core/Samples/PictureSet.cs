using System.Collections.Concurrent;
using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>
/// Pictures chosen from a folder, decoded on demand by any number of threads. A broken one is replaced by the first readable
/// of its own spares, which are of its class and nobody else's: which pictures are used depends on the files alone.
/// </summary>
internal sealed class PictureSet
{
    private readonly PictureFolder _folder;
    private readonly SampleSelection _selection;
    private readonly ConcurrentDictionary<string, string> _broken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asksForTurn = new(StringComparer.Ordinal);

    internal PictureSet(PictureFolder folder, SampleSelection selection)
    {
        _folder = folder;
        _selection = selection;
    }

    public int Count => _selection.Chosen.Count;

    /// <summary>The folder's path.</summary>
    public string FolderPath => _folder.Path;

    /// <summary>Pictures found broken so far, in ordinal order of their names.</summary>
    public IReadOnlyList<SkippedSample> Skipped =>
        [.. _broken.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new SkippedSample(entry.Key, entry.Value))];

    /// <summary>Pictures read so far whose EXIF data ask for a turn, which is not applied, in ordinal order.</summary>
    public IReadOnlyList<string> AskingForTurn => [.. _asksForTurn.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The chosen picture; a spare, should it have been found broken.</summary>
    public PictureFile FileOf(int index) => _folder.Files[Candidates(index).FirstOrDefault(file => !IsBroken(file), _selection.Chosen[index])];

    /// <summary>Decodes and resizes a picture.</summary>
    /// <exception cref="BrokenSampleException">It is broken, and so are all of its spares.</exception>
    public LoadedPicture Load(int index, PictureGeometry geometry)
    {
        BrokenSampleException? first = null;
        foreach (int candidate in Candidates(index))
        {
            PictureFile file = _folder.Files[candidate];
            if (IsBroken(candidate)) continue;
            try
            {
                Pixels decoded = PictureDecoder.Decode(file.Path, file.Name);
                Pixels pixels = geometry.Apply(decoded, file.Name);
                if (decoded.AsksForTurn) _asksForTurn[file.Name] = true;
                return new LoadedPicture(file.Name, file.Label, pixels);
            }
            catch (BrokenSampleException broken)
            {
                first ??= broken;
                _broken[file.Name] = broken.Reason;
            }
        }
        PictureFile chosen = _folder.Files[_selection.Chosen[index]];
        throw first ?? new BrokenSampleException(chosen.Name, _broken[chosen.Name]);
    }

    private IEnumerable<int> Candidates(int index) => [_selection.Chosen[index], .. _selection.Spares[index]];

    private bool IsBroken(int file) => _broken.ContainsKey(_folder.Files[file].Name);
}
