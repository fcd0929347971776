using Quantizer.Graphs.Files;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// A folder of data files, one after the other in the order of their names (numbers in them by size). A sequence begins with
/// each file. A file that cannot be read counts as one broken sample. Few files are open at a time, however many there are.
/// </summary>
internal sealed class FolderRecords : IRecordSource
{
    /// <summary>Samples come in any order, and opening a compressed file again reads it again.</summary>
    private const int MostOpen = 8;

    private readonly DataRequest _request;
    private readonly IReadOnlyList<Part> _parts;
    private readonly Lock _lock = new();
    private readonly LinkedList<(int Part, IRecordSource Source)> _open = [];
    private IReadOnlyList<int> _announced = [];

    private FolderRecords(string path, DataRequest request, IReadOnlyList<Part> parts)
    {
        Path = path;
        _request = request;
        _parts = parts;
        Count = parts.Sum(part => part.Count);
    }

    public string Path { get; }

    public int Count { get; }

    public IReadOnlyList<string> Inputs { get; private init; } = [];

    public IReadOnlyList<string> Unused { get; private init; } = [];

    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <exception cref="QuantizationException">No file can be read.</exception>
    /// <param name="files">The data files in it, of one kind; at least one.</param>
    public static FolderRecords Open(string path, IReadOnlyList<string> files, DataRequest request)
    {
        List<Part> parts = [];
        IRecordSource? first = null;
        QuantizationException? failure = null;
        HashSet<string> notes = [];
        int start = 0;
        try
        {
            foreach (string name in files.Order(NaturalOrder.Comparer))
            {
                Part part = Look(path, name, start, request, ref first, notes, ref failure);
                parts.Add(part);
                start = checked(start + part.Count);
            }
            if (first is null)
                throw failure!;
            return new FolderRecords(path, request, parts)
            {
                Inputs = first.Inputs,
                Unused = first.Unused,
                Notes = [.. notes],
            };
        }
        finally
        {
            first?.Dispose();
        }
    }

    public string NameOf(int index)
    {
        Part part = PartOf(index);
        if (part.Names is not { } names)
            return part.Name;
        string within = names(index - part.Start),
            file = System.IO.Path.GetFileName(part.Name);
        return within.StartsWith(file, StringComparison.Ordinal) ? part.Name + within[file.Length..] : $"{part.Name} {within}";
    }

    public int? LabelOf(int index)
    {
        Part part = PartOf(index);
        return part.Labels is { } labels ? labels[index - part.Start] : null;
    }

    public bool IsBeginning(int index) => PartOf(index).Start == index;

    public void Announce(IReadOnlyList<int> indices) => _announced = indices;

    public IReadOnlyList<RawArray> Load(int index)
    {
        Part part = PartOf(index);
        if (part.Failure is { } failure)
            throw new BrokenSampleException(part.Name, failure.TrimEnd('.'));
        if (part.Count == 1)
        {
            using IRecordSource single = DataFormats.Open(System.IO.Path.Combine(Path, part.Name), _request);
            single.Announce([0]);
            return single.Load(0);
        }
        lock (_lock)
            return OpenedPart(part).Load(index - part.Start);
    }

    public void Dispose()
    {
        foreach ((_, IRecordSource source) in _open)
            source.Dispose();
    }

    private static Part Look(
        string folder,
        string name,
        int start,
        DataRequest request,
        ref IRecordSource? first,
        HashSet<string> notes,
        ref QuantizationException? failure
    )
    {
        string path = System.IO.Path.Combine(folder, name);
        try
        {
            if (FileStatus.SpecialKindOf(path) is { } kind)
                throw new QuantizationException($"it is {kind}, not a file");
            IRecordSource source = DataFormats.Open(path, request);
            notes.UnionWith(source.Notes);
            if (first is not null && !source.Inputs.Order().SequenceEqual(first.Inputs.Order()))
            {
                source.Dispose();
                throw new QuantizationException($"it feeds {Listed(source.Inputs)}, and the files before it feed {Listed(first.Inputs)}");
            }
            Part part = new(name, start, source.Count)
            {
                Names = source.Count > 1 ? source.NameOf : null,
                Labels =
                    Enumerable.Range(0, source.Count).Select(source.LabelOf).ToArray() is var labels
                    && labels.Any(label => label is not null)
                        ? labels
                        : null,
            };
            if (first is null)
                first = source;
            else
                source.Dispose();
            return part;
        }
        catch (QuantizationException error)
        {
            failure ??= error;
            return new Part(name, start, 1) { Failure = error.Message };
        }
    }

    private static string Listed(IReadOnlyList<string> inputs) =>
        inputs.Count == 0 ? "no input" : string.Join(", ", inputs.Select(input => $"'{input}'"));

    private IRecordSource OpenedPart(Part part)
    {
        for (LinkedListNode<(int Part, IRecordSource Source)>? node = _open.First; node is not null; node = node.Next)
        {
            if (node.Value.Part != part.Start)
                continue;
            _open.Remove(node);
            _open.AddFirst(node);
            return node.Value.Source;
        }
        IRecordSource source = DataFormats.Open(System.IO.Path.Combine(Path, part.Name), _request);
        source.Announce([
            .. _announced.Where(index => index >= part.Start && index < part.Start + part.Count).Select(index => index - part.Start),
        ]);
        _open.AddFirst((part.Start, source));
        if (_open.Count > MostOpen)
        {
            _open.Last!.Value.Source.Dispose();
            _open.RemoveLast();
        }
        return source;
    }

    private Part PartOf(int index)
    {
        int low = 0,
            high = _parts.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_parts[middle].Start <= index)
                low = middle;
            else
                high = middle - 1;
        }
        return _parts[low];
    }

    /// <param name="Start">The first of its samples among those of the folder.</param>
    private sealed record Part(string Name, int Start, int Count)
    {
        /// <summary>Of its samples; null where there is one, called by the file's.</summary>
        public Func<int, string>? Names { get; init; }

        public int?[]? Labels { get; init; }

        public string? Failure { get; init; }
    }
}
