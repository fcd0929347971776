using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Formats;
using Quantizer.Samples.Records;

namespace Quantizer.Core.Tests.Samples;

/// <summary>Data opened for inputs, as a run opens them, without a model.</summary>
internal static class OpenedData
{
    public static RecordSamples Of(string path, params TensorSignature[] inputs) => Of(path, 10_000, inputs);

    public static RecordSamples Of(string path, int count, params TensorSignature[] inputs) =>
        Of([path], new InputOptions(), count, inputs);

    public static RecordSamples Of(string path, InputOptions options, params TensorSignature[] inputs) =>
        Of([path], options, 10_000, inputs);

    /// <param name="paths">Perhaps "input=path".</param>
    public static RecordSamples Of(IReadOnlyList<string> paths, InputOptions options, int count, params TensorSignature[] inputs)
    {
        InputBinding binding = new(inputs, [], options);
        IRecordSource[] sources =
        [
            .. paths
                .Select(path => DataPath.Of(path, inputs.Select(input => input.Name)))
                .Select(path => Open(path, path.Input is { } input ? binding.RequestFor(input) : binding.Request)),
        ];
        return RecordSamples.Open(
            sources is [var single] ? single : new ZippedRecords(sources),
            binding,
            SequenceMask.Find(inputs, options.Mask),
            new TableLimits(new Graph()),
            labelsPath: null,
            count,
            seed: 0
        );
    }

    /// <summary>All samples, in the order of their names.</summary>
    public static Sample[] Ordered(RecordSamples samples) =>
        [.. Enumerable.Range(0, samples.Count).Select(samples.Load).OrderBy(sample => sample.Name, NaturalOrder.Comparer)];

    private static IRecordSource Open(DataPath path, DataRequest request) =>
        path.Kind == DataKind.Folder ? DataFolder.Open(path.Path, request) : DataFormats.Open(path.Path, request);
}
