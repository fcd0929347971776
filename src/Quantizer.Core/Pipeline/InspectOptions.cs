using Quantizer.Targets;

namespace Quantizer.Pipeline;

/// <summary>What an inspection is asked to do.</summary>
internal sealed record InspectOptions
{
    public required string ModelPath { get; init; }

    /// <summary>What the decisions are to hold for.</summary>
    public QuantizationTarget Target { get; init; } = QuantizationTarget.Default;

    /// <summary>Shapes of inputs by name, where the model does not say all sizes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>How long to time both networks; null: not at all.</summary>
    public TimeSpan? MeasureTime { get; init; }

    /// <summary>Reports that the caller is going to write: none may replace what is read.</summary>
    public IReadOnlyList<string> ReportPaths { get; init; } = [];

    /// <summary>Files that the command line was taken from.</summary>
    public IReadOnlyList<string> ArgumentFiles { get; init; } = [];
}
