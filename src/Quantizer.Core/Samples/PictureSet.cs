using System.Collections.Concurrent;
using Quantizer.Graphs.Files;
using Quantizer.Pictures;

namespace Quantizer.Samples;

/// <summary>
/// Pictures chosen from a folder, decoded on demand by any number of threads. A broken one is replaced by the first readable
/// of its own spares, which are of its class and nobody else's: which pictures are used depends on the files alone.
/// </summary>
internal sealed class PictureSet : IDisposable
{
    /// <summary>
    /// Memory for pictures that are wanted again, where a set gets any: 512 of 418 x 418 pixels, or 1,783 of 224 x 224. As
    /// much again may be taken by the samples that plans are judged on.
    /// </summary>
    public const long UsualMemory = 256L << 20;

    private readonly PictureFolder _folder;
    private readonly SampleSelection _selection;
    private readonly PictureMemory _memory;
    private readonly ConcurrentDictionary<string, string> _broken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asksForTurn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(int Width, int Height), bool> _sizes = [];

    internal PictureSet(PictureFolder folder, SampleSelection selection, long memory)
    {
        _folder = folder;
        _selection = selection;
        _memory = new PictureMemory(memory);
    }

    public int Count => _selection.Chosen.Count;

    /// <summary>Whether any chosen picture has a class.</summary>
    public bool HasLabels => _selection.Chosen.Any(file => _folder.Files[file].Label is not null);

    /// <summary>The folder's path.</summary>
    public string FolderPath => _folder.Path;

    /// <summary>Pictures found broken so far, in ordinal order of their names.</summary>
    public IReadOnlyList<SkippedSample> Skipped =>
        [.. _broken.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new SkippedSample(entry.Key, entry.Value))];

    /// <summary>Pictures read so far whose EXIF data ask for a turn, which is not applied, in ordinal order.</summary>
    public IReadOnlyList<string> AskingForTurn => [.. _asksForTurn.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The sizes of the pictures decoded so far, each once, before they were resized.</summary>
    public IReadOnlyList<(int Width, int Height)> SizesSeen => [.. _sizes.Keys.Order()];

    /// <summary>The chosen picture; a spare, should it have been found broken.</summary>
    public PictureFile FileOf(int index) =>
        _folder.Files[Candidates(index).FirstOrDefault(file => !IsBroken(file), _selection.Chosen[index])];

    /// <summary>Decodes and resizes a picture, unless it is still in memory.</summary>
    /// <param name="keep">Keep it in memory until it is loaded again, whether or not there is room.</param>
    /// <exception cref="BrokenSampleException">It is broken, and so are all of its spares.</exception>
    public LoadedPicture Load(int index, PictureGeometry geometry, bool keep = false)
    {
        BrokenSampleException? first = null;
        foreach (int candidate in Candidates(index))
        {
            PictureFile file = _folder.Files[candidate];
            if (IsBroken(candidate))
                continue;
            try
            {
                return new LoadedPicture(file.Name, file.Label, PixelsOf(candidate, geometry, keep));
            }
            catch (BrokenPictureException broken)
            {
                first ??= new BrokenSampleException(file.Name, broken.Reason, broken);
                _broken[file.Name] = broken.Reason;
            }
        }
        PictureFile chosen = _folder.Files[_selection.Chosen[index]];
        throw first ?? new BrokenSampleException(chosen.Name, _broken[chosen.Name]);
    }

    /// <summary>Lets go of the pictures in memory.</summary>
    public void Dispose() => _memory.Dispose();

    private Pixels PixelsOf(int candidate, PictureGeometry geometry, bool keep)
    {
        if (_memory.Recall(candidate, geometry) is { } known)
            return known;
        PictureFile file = _folder.Files[candidate];
        using OpenedPicture picture = PictureDecoder.Open(file.Path, file.Name);
        Pixels pixels = picture.Decode(geometry);
        _sizes[(picture.Width, picture.Height)] = true;
        if (picture.AsksForTurn)
            _asksForTurn[file.Name] = true;
        if (keep)
            _memory.Await(candidate, geometry, pixels);
        else
            _memory.Keep(candidate, geometry, pixels);
        return pixels;
    }

    /// <summary>The size that the first of the chosen pictures have, as far as their headers can be read; null where they
    /// differ.</summary>
    public (int Width, int Height)? CommonSize(SampleWorkers workers)
    {
        // Pictures of different sizes are told by fewer.
        const int most = 64;
        (int, int)?[] sizes = workers.Map(Math.Min(most, Count), index => SizeOf(_folder.Files[_selection.Chosen[index]]));
        return sizes.Where(size => size is not null).Distinct().ToArray() is [var only] ? only : null;
    }

    private static (int, int)? SizeOf(PictureFile file)
    {
        try
        {
            using OpenedPicture picture = PictureDecoder.Open(file.Path, file.Name);
            return (picture.Width, picture.Height);
        }
        catch (BrokenPictureException)
        {
            return null;
        }
    }

    /// <summary>Opens the chosen pictures as far as their headers, and spares where those are broken; how many of the set can be read so
    /// far.</summary>
    /// <param name="readBefore">A set of which all pictures are read before those of this one: what both hold is left to it, and counts
    /// as readable.</param>
    public int CountReadable(SampleWorkers workers, PictureSet? readBefore = null)
    {
        HashSet<string> left = new(readBefore?._selection.Chosen.Select(readBefore.RealPathOf) ?? [], RealPath.Comparer);
        return workers
            .Map(Count, index => Candidates(index).Any(file => left.Contains(RealPathOf(file)) || HasHeader(file)))
            .Count(isReadable => isReadable);
    }

    private bool HasHeader(int candidate)
    {
        PictureFile file = _folder.Files[candidate];
        try
        {
            PictureDecoder.Open(file.Path, file.Name).Dispose();
            return true;
        }
        catch (BrokenPictureException broken)
        {
            _broken[file.Name] = broken.Reason;
            return false;
        }
    }

    private IEnumerable<int> Candidates(int index) => [_selection.Chosen[index], .. _selection.Spares[index]];

    private string RealPathOf(int file) => RealPath.Of(_folder.Files[file].Path);

    private bool IsBroken(int file) => _broken.ContainsKey(_folder.Files[file].Name);
}
