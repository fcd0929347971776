using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// A file of arrays as samples. An array that has the input's axes, or one more, holds a sample per row of its first axis; one
/// that fits the input as a whole, or lacks its axis of samples, is the same for every sample. Where the first axes of inputs are no
/// common one of samples, such as texts and pictures that are all compared, arrays that fit as wholes are one sample. An array `y` or
/// `labels` beside them holds class indices.
/// </summary>
internal sealed class ArrayRecords : IRecordSource
{
    private readonly ArrayFile _file;
    private readonly FieldMatch _match;
    private readonly IReadOnlyList<Feed> _feeds;
    private readonly IReadOnlyList<int?> _labels;

    private ArrayRecords(ArrayFile file, FieldMatch match, IReadOnlyList<Feed> feeds, int count, IReadOnlyList<int?> labels)
    {
        _file = file;
        _match = match;
        _feeds = feeds;
        _labels = labels;
        Count = count;
    }

    public string Path => _file.Path;

    public int Count { get; }

    public IReadOnlyList<string> Inputs => [.. _feeds.Select(feed => feed.Input)];

    public IReadOnlyList<string> Notes { get; private init; } = [];

    public IReadOnlyList<string> Unused => [.. _match.Unused.Select(name => $"array '{name}'")];

    /// <param name="file">Disposed of with the result, or at once where there is none.</param>
    /// <exception cref="QuantizationException">The file is damaged, or an array does not fit its input.</exception>
    public static ArrayRecords Of(ArrayFile file, DataRequest request)
    {
        try
        {
            FieldMatch match = request.Match(file.Names);
            Feed[] feeds = [.. match.FieldOf.Select(field => Fit(file, field.Value, request[field.Key]))];
            bool areOne = AreOneSample(feeds, request);
            if (areOne)
                feeds = [.. feeds.Select(feed => feed with { Shape = feed.Header.Shape, IsWhole = true })];
            int count = CountSamples(file, feeds);
            IReadOnlyList<int?> labels = match.Label is { } name ? ArrayLabels.Read(file, name, count) : [];
            return new ArrayRecords(file, match, feeds, count, labels)
            {
                Notes =
                [
                    .. file.Notes,
                    .. file.HasNames ? match.Notes("array") : [],
                    .. areOne ? (string[])["The model's inputs have no common axis of samples; the arrays of a file are one sample."] : [],
                ],
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string NameOf(int index) => _file.NameOf(index);

    public int? LabelOf(int index) => index < _labels.Count ? _labels[index] : null;

    public void Announce(IReadOnlyList<int> indices)
    {
        foreach (Feed feed in _feeds)
            feed.Prepare(_file, indices);
    }

    public IReadOnlyList<RawArray> Load(int index) => [.. _feeds.Select(feed => feed.Read(index))];

    public void Dispose()
    {
        foreach (Feed feed in _feeds)
            feed.Dispose();
        _file.Dispose();
    }

    private static Feed Fit(ArrayFile file, string name, TensorSignature input)
    {
        ArrayHeader header = file.HeaderOf(name);
        if (file.IsTable || IsRows(header.Shape, input))
        {
            long[] row = [.. header.Shape.Skip(1)];
            if (ShapeFit.Of(row, input) is not null)
                return new Feed(input.Name, name, header, row, IsWhole: false, file.Describe(name));
        }
        else if (ShapeFit.Of(header.Shape, input) is not null && header.DataLength <= Array.MaxLength)
        {
            return new Feed(input.Name, name, header, header.Shape, IsWhole: true, file.Describe(name));
        }
        throw new QuantizationException(
            $"{file.Describe(name)} has the shape {header}; input {ShapeFit.Describe(input)} {Expected(input)}.{Hint(header, input)}"
        );
    }

    /// <summary>Whether all arrays fit as wholes, and the first axes of two of them cannot both be that of samples: they have other names
    /// and sizes, or one is fixed in numbers that are open along their other axis, such as the two ends of every edge of a graph.</summary>
    private static bool AreOneSample(IReadOnlyList<Feed> feeds, DataRequest request)
    {
        return feeds.All(feed =>
                request[feed.Input].Shape is { } shape
                && feed.Header.Shape.Count == shape.Count
                && ShapeFit.Agree(feed.Header.Shape, shape)
                && feed.Header.DataLength <= Array.MaxLength
            ) && feeds.Any(feed => !feed.IsWhole && feeds.Any(other => AreApart(feed, other)));

        bool AreApart(Feed rows, Feed other)
        {
            IReadOnlyList<Dimension> shape = request[other.Input].Shape!;
            if (request[rows.Input].Shape![0].Symbol is not { } samples || shape.Any(axis => axis.Symbol == samples))
                return false;
            return other.IsWhole
                ? shape is [{ Size: > 1 }, { Symbol: not null }] && !InputConventions.IsFloat(request[other.Input].Type)
                : shape[0].Symbol is not null && other.Header.Shape[0] != rows.Header.Shape[0];
        }
    }

    private static bool IsRows(IReadOnlyList<long> found, TensorSignature input) =>
        input.Shape is not { } shape
            ? found.Count > 0
            : found.Count == shape.Count + 1 || (found.Count == shape.Count && found.Count > 0 && shape[0].Size is null or 1);

    private static string Expected(TensorSignature input)
    {
        IReadOnlyList<Dimension> shape = input.Shape!;
        if (shape.Count == 0)
            return "is a scalar: expected [samples], or a scalar for all samples";
        string rest = string.Join(", ", shape.Skip(1));
        return shape[0].Size is { } fixedBatch and not 1
            ? $"takes no single samples: expected [samples, {string.Join(", ", shape)}], whole inputs of first axis {fixedBatch}"
            : $"expects [samples{(rest.Length > 0 ? ", " : "")}{rest}]";
    }

    private static string Hint(ArrayHeader header, TensorSignature input)
    {
        const int PictureRank = 4;
        IReadOnlyList<long> found = header.Shape;
        IReadOnlyList<Dimension> expected = input.Shape!;
        if (found.Count != PictureRank || expected.Count != PictureRank || expected.Skip(1).Any(dimension => dimension.Size is null))
            return "";
        long[] wanted = [.. expected.Skip(1).Select(dimension => dimension.Size!.Value)];
        if (wanted.SequenceEqual([found[3], found[1], found[2]]))
            return " The channels come last: save numpy.transpose(x, (0, 3, 1, 2)).";
        return wanted.SequenceEqual([found[2], found[3], found[1]])
            ? " The channels come first: save numpy.transpose(x, (0, 2, 3, 1))."
            : "";
    }

    private static int CountSamples(ArrayFile file, IReadOnlyList<Feed> feeds)
    {
        if (feeds.FirstOrDefault(feed => !feed.IsWhole) is not { } first)
            return 1;
        foreach (Feed feed in feeds)
        {
            if (!feed.IsWhole && feed.Header.Shape[0] != first.Header.Shape[0])
            {
                throw new QuantizationException(
                    $"{file.Describe(feed.Name)} has {feed.Header.Shape[0]} samples, array '{first.Name}' has {first.Header.Shape[0]}. "
                        + $"All need the same number. Where the model's inputs have no common axis of samples, give every array a further "
                        + $"first axis: [samples, ...], or [1, ...] in each file of a folder with one sample a file."
                );
            }
        }
        // Rows of no bytes can be claimed without end.
        if (feeds.All(feed => feed.IsWhole || feed.Header.RowLength == 0))
            throw new QuantizationException($"{file.Describe(first.Name)} has the shape {first.Header}: it holds no values.");
        long samples = first.Header.Shape[0];
        return samples is > 0 and <= int.MaxValue
            ? (int)samples
            : throw new QuantizationException($"{file.Describe(first.Name)} has {samples} samples. Expected 1 to {int.MaxValue}.");
    }

    /// <param name="Shape">Of one sample.</param>
    /// <param name="IsWhole">The array is the same for every sample.</param>
    private sealed record Feed(string Input, string Name, ArrayHeader Header, IReadOnlyList<long> Shape, bool IsWhole, string Origin)
        : IDisposable
    {
        private IArrayRows? _rows;
        private byte[]? _whole;

        public void Prepare(ArrayFile file, IReadOnlyList<int> rows)
        {
            if (IsWhole)
                _whole = file.ReadAll(Name);
            else
                _rows = file.Rows(Name, rows);
        }

        public RawArray Read(int row) => new(Input, Header.Type, Shape, _whole ?? _rows!.Read(row), Origin);

        public void Dispose() => _rows?.Dispose();
    }
}
