using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Data of several paths, each of which gives some of the inputs: the first sample of each makes the first sample, and so
/// on.</summary>
internal sealed class ZippedRecords : IRecordSource
{
    private readonly IReadOnlyList<IRecordSource> _sources;

    /// <param name="sources">Disposed of with the result, or at once where there is none.</param>
    /// <exception cref="QuantizationException">Two give the same input, or not the same number of samples.</exception>
    public ZippedRecords(IReadOnlyList<IRecordSource> sources)
    {
        _sources = sources;
        try
        {
            CheckInputs();
            CheckCounts();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => string.Join("', '", _sources.Select(source => source.Path));

    /// <summary>What is one sample long serves all.</summary>
    public int Count => _sources.Max(source => source.Count);

    public IReadOnlyList<string> Inputs => [.. _sources.SelectMany(source => source.Inputs)];

    public IReadOnlyList<string> Unused => [.. _sources.SelectMany(source => source.Unused)];

    public IReadOnlyList<string> Notes => [.. _sources.SelectMany(source => source.Notes).Distinct(), .. OrderNotes()];

    private IRecordSource Longest => _sources.First(source => source.Count == Count);

    public string NameOf(int index) => Longest.NameOf(index);

    public int? LabelOf(int index) =>
        _sources.Select(source => source.LabelOf(Within(source, index))).FirstOrDefault(label => label is not null);

    public bool IsBeginning(int index) => Longest.IsBeginning(index);

    public void Announce(IReadOnlyList<int> indices)
    {
        foreach (IRecordSource source in _sources)
            source.Announce(source.Count == 1 ? [0] : indices);
    }

    public IReadOnlyList<RawArray> Load(int index) => [.. _sources.SelectMany(source => source.Load(Within(source, index)))];

    public void Dispose()
    {
        foreach (IRecordSource source in _sources)
            source.Dispose();
    }

    /// <summary>Files of two folders that are not called the same may not belong together.</summary>
    private IEnumerable<string> OrderNotes()
    {
        IRecordSource[] folders = [.. _sources.Where(source => source.IsByName && source.Count == Count)];
        foreach (IRecordSource other in folders.Skip(1))
        {
            if (Enumerable.Range(0, Count).Any(i => Stem(folders[0].NameOf(i)) != Stem(other.NameOf(i))))
            {
                yield return $"Files of '{folders[0].Path}' and '{other.Path}' go together in the order of their names: "
                    + $"'{folders[0].NameOf(0)}' with '{other.NameOf(0)}', and so on.";
            }
        }
    }

    private static string Stem(string name) => System.IO.Path.ChangeExtension(name, null);

    private static int Within(IRecordSource source, int index) => source.Count == 1 ? 0 : index;

    private void CheckInputs()
    {
        Dictionary<string, string> givenBy = [];
        foreach (IRecordSource source in _sources)
        {
            foreach (string input in source.Inputs)
            {
                if (!givenBy.TryAdd(input, source.Path))
                {
                    throw new QuantizationException(
                        $"Both '{givenBy[input]}' and '{source.Path}' give the input '{input}'. Data of several paths are put beside each "
                            + $"other, each for other inputs; put samples of one kind into one folder."
                    );
                }
            }
        }
    }

    private void CheckCounts()
    {
        foreach (IRecordSource source in _sources)
        {
            if (source.Count != Count && source.Count != 1)
            {
                throw new QuantizationException(
                    $"'{source.Path}' has {source.Count} samples, '{Longest.Path}' has {Count}. Data of several paths need the same number, "
                        + $"or one sample that serves all."
                );
            }
        }
    }
}
