using System.Text.Json.Serialization;

namespace Quantizer.Reporting.Details;

/// <summary>What lies behind the figures of a report: tensors, samples and runs one by one. Collected only where it is asked for, since it
/// costs a run of both models with every tensor watched.</summary>
public sealed record ReportDetails
{
    /// <summary>The nodes with their neighbours, in an order in which they can run.</summary>
    public required IReadOnlyList<LinkedNode> Network { get; init; }

    /// <summary>The error of both models' common tensors on the same samples, in the order of the network.</summary>
    public required IReadOnlyList<TensorError> Errors { get; init; }

    /// <summary>What calibration saw of every tensor that it watched, in the order of the network.</summary>
    public required IReadOnlyList<TensorHistogram> Histograms { get; init; }

    /// <summary>Weights channel by channel, in the order of the network.</summary>
    public required IReadOnlyList<WeightRange> Weights { get; init; }

    /// <summary>Samples whose answer differs, those that differ most first; at most <see cref="MostSamples"/>.</summary>
    public required IReadOnlyList<ChangedSample> Changed { get; init; }

    /// <summary>How many samples' answers differ in all; of tasks whose answers always differ a little, such as vectors, as many as are
    /// shown.</summary>
    public required int ChangedInAll { get; init; }

    /// <summary>Which answers became which others, most often first; of tasks with classes, and of the characters of
    /// text.</summary>
    public required IReadOnlyList<ChangedAnswer> Confusions { get; init; }

    /// <summary>Times of single runs; null where speed was not measured.</summary>
    public required LatencyRuns? Latency { get; init; }

    /// <summary>What layers, weights and activations cost at the outputs; null, and left out of JSON, where that was not measured: in
    /// comparisons, without data, and where nothing is in integers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutputCosts? Costs { get; init; }

    /// <summary>The most samples that are shown.</summary>
    public const int MostSamples = 60;
}
