using Quantizer.Graphs;
using Quantizer.Samples.Arrays;

namespace Quantizer.Samples;

/// <summary>
/// Samples from an .npz file (arrays named like the model's inputs, first axis the samples; `y` or `labels` beside them are
/// class indices) or an .npy file (one input). Values are fed as they are, brought to the input's element type: uint8
/// pictures reach a float input as 0..255, and no preparation is applied.
/// </summary>
internal sealed class ArraySource : ISampleSource, IDisposable
{
    private readonly ArrayFile _file;
    private readonly IReadOnlyList<Feed> _feeds;
    private readonly IReadOnlyList<int> _rows;
    private readonly IReadOnlyList<int?> _labels;

    private ArraySource(ArrayFile file, IReadOnlyList<Feed> feeds, IReadOnlyList<int> rows, IReadOnlyList<int?> labels)
    {
        _file = file;
        _feeds = feeds;
        _rows = rows;
        _labels = labels;
    }

    public int Count => _rows.Count;

    /// <param name="path">An .npz or .npy file.</param>
    /// <param name="inputs">The model's inputs; each needs an array.</param>
    /// <param name="count">Samples at most, chosen evenly over the classes; see <see cref="SampleSelection"/>.</param>
    /// <exception cref="QuantizationException">The file is damaged, an input has no array, or one does not fit.</exception>
    public static ArraySource Open(string path, IReadOnlyList<TensorSignature> inputs, int count, int seed)
    {
        ArrayFile file = ArrayFile.Open(path);
        try
        {
            IReadOnlyList<BoundArray> arrays = ArrayBinding.Bind(file, inputs);
            int samples = CountSamples(file, arrays);
            IReadOnlyList<int?> labels = ArrayBinding.LabelArray(file, inputs) is { } name
                ? ArrayLabels.Read(file, name, samples)
                : new int?[samples];
            IReadOnlyList<int> rows = SampleSelection.Choose([.. Enumerable.Range(0, samples).Select(RowName)], labels, count, seed).Chosen;
            int[] ascending = [.. rows.Order()];
            return new ArraySource(file, [.. arrays.Select(array => Feed.Of(array, file, ascending))], rows, labels);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string NameOf(int index) => RowName(_rows[index]);

    public int? LabelOf(int index) => _labels[_rows[index]];

    public Sample Load(int index) =>
        new(NameOf(index), _feeds.ToDictionary(feed => feed.Array.Input.Name, feed => feed.Tensor(_rows[index])))
        {
            Label = LabelOf(index),
        };

    public void Dispose() => _file.Dispose();

    private static string RowName(int row) => $"row {row}";

    private static int CountSamples(ArrayFile file, IReadOnlyList<BoundArray> arrays)
    {
        BoundArray first =
            arrays.FirstOrDefault(array => array.Feed != ArrayFeed.Constant)
            ?? throw new QuantizationException($"'{file.Path}': none of its arrays has an axis of samples. Expected [samples, ...].");
        foreach (BoundArray array in arrays)
        {
            if (array.Feed != ArrayFeed.Constant && array.Header.Shape[0] != first.Header.Shape[0])
            {
                throw new QuantizationException(
                    $"{file.Describe(array.Name)} has {array.Header.Shape[0]} samples, array '{first.Name}' has {first.Header.Shape[0]}. "
                        + $"All need the same number."
                );
            }
        }
        long samples = first.Header.Shape[0];
        return samples is > 0 and <= int.MaxValue
            ? (int)samples
            : throw new QuantizationException($"{file.Describe(first.Name)} has {samples} samples. Expected 1 to {int.MaxValue}.");
    }

    private sealed record Feed(BoundArray Array, string Description, IArrayRows? Rows, TensorValue? Constant)
    {
        public static Feed Of(BoundArray array, ArrayFile file, IReadOnlyList<int> rows)
        {
            string description = file.Describe(array.Name);
            return array.Feed == ArrayFeed.Constant
                ? new Feed(array, description, null, ToTensor(array, description, file.ReadAll(array.Name)))
                : new Feed(array, description, file.Rows(array.Name, rows), null);
        }

        public TensorValue Tensor(int row) => Constant ?? ToTensor(Array, Description, Rows!.Read(row).Span);

        private static TensorValue ToTensor(BoundArray array, string description, ReadOnlySpan<byte> values) =>
            new(array.Input.Type, array.SampleShape, ArrayConversion.Convert(array.Header.Type, values, array.Input.Type, description));
    }
}
