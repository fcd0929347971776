using System.Collections.Concurrent;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>Records as samples of a model: values are fed as they are, brought to the input's element type. Uint8 pictures reach a
/// float input as 0..255; no preparation is applied.</summary>
internal sealed class RecordSamples : ISampleSource, IDisposable
{
    private readonly IRecordSource _source;
    private readonly InputBinding _binding;
    private readonly SequenceMask? _mask;
    private readonly TableLimits _limits;
    private readonly IReadOnlyList<int> _chosen;
    private readonly IReadOnlyList<int?> _labels;
    private readonly ConcurrentDictionary<int, SkippedSample> _broken = new();

    private RecordSamples(
        IRecordSource source,
        InputBinding binding,
        SequenceMask? mask,
        TableLimits limits,
        IReadOnlyList<int> chosen,
        IReadOnlyList<int?> labels
    )
    {
        _source = source;
        _binding = binding;
        _mask = mask;
        _limits = limits;
        _chosen = chosen;
        _labels = labels;
    }

    public int Count => _chosen.Count;

    /// <summary>Samples found broken so far, in the data's order.</summary>
    public IReadOnlyList<SkippedSample> Skipped => [.. _broken.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>What the user should know of how the data are read.</summary>
    public IReadOnlyList<string> Notes => [.. _source.Notes, .. _binding.Notes];

    /// <param name="source">Disposed of with the result, or at once where there is none.</param>
    /// <param name="limits">Of the tables that the model looks numbers up in.</param>
    /// <param name="labelsPath">Class indices for samples that have none beside them; null: none.</param>
    /// <param name="count">Samples at most, chosen evenly over the classes; the first ones where state is carried on.</param>
    /// <exception cref="QuantizationException">An input has no data, or the labels do not fit.</exception>
    public static RecordSamples Open(
        IRecordSource source,
        InputBinding binding,
        SequenceMask? mask,
        TableLimits limits,
        string? labelsPath,
        int count,
        int seed
    )
    {
        try
        {
            binding.Complete(source);
            IReadOnlyList<int?> labels = labelsPath is null
                ? [.. Enumerable.Range(0, source.Count).Select(source.LabelOf)]
                : RecordLabels.Read(labelsPath, source);
            IReadOnlyList<int> chosen = binding.IsSequence
                ? [.. Enumerable.Range(0, Math.Min(count, source.Count))]
                : SampleSelection.Choose([.. Enumerable.Range(0, source.Count).Select(source.NameOf)], labels, count, seed).Chosen;
            source.Announce([.. chosen.Order()]);
            return new RecordSamples(source, binding, mask, limits, chosen, labels);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public string NameOf(int index) => _source.NameOf(_chosen[index]);

    public int? LabelOf(int index) => _labels[_chosen[index]];

    /// <summary>Whether a sequence begins with the sample.</summary>
    public bool IsBeginning(int index) => _source.IsBeginning(_chosen[index]);

    public Sample Load(int index)
    {
        try
        {
            Dictionary<string, TensorValue> inputs = _binding.Bind(_source.Load(_chosen[index]));
            FiniteValues.Require(inputs);
            _limits.Check(inputs);
            (inputs, PositionMask? mask) = _mask?.Apply(inputs) ?? (inputs, null);
            return new Sample(NameOf(index), inputs)
            {
                Label = LabelOf(index),
                Mask = mask,
                Follow = _binding.IsSequence ? _binding.Follow : null,
            };
        }
        catch (Exception error) when (error is QuantizationException or IOException or UnauthorizedAccessException)
        {
            BrokenSampleException broken =
                error as BrokenSampleException ?? new BrokenSampleException(NameOf(index), error.Message.TrimEnd('.'), error);
            _broken[_chosen[index]] = broken.ToSkipped();
            throw broken;
        }
    }

    public void Dispose() => _source.Dispose();
}
