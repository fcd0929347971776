using Quantizer.Execution;
using Quantizer.Preprocessing;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>What a measurement of speed is asked to do.</summary>
internal sealed record BenchOptions
{
    /// <summary>One model, or two that take the same inputs.</summary>
    public required IReadOnlyList<string> ModelPaths { get; init; }

    /// <summary>The first sample is what the models are fed with; none: zeros.</summary>
    public IReadOnlyList<string> DataPaths { get; init; } = [];

    /// <summary>Shapes of inputs of zeros, by name, where the model does not say all sizes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    public IReadOnlyList<int> Threads { get; init; } = [1];

    public IReadOnlyList<int> Batches { get; init; } = [1];

    /// <summary>For each number of threads and each batch, all models together.</summary>
    public TimeSpan Time { get; init; } = LatencyMeasurement.DefaultBudget;

    /// <summary>Whether to tell the time of each operator, with the first number of threads and the first batch.</summary>
    public bool HasProfile { get; init; }

    /// <summary>What was said of inputs beside where their data lie.</summary>
    public InputOptions Inputs { get; init; } = new();

    /// <summary>A wrong preparation of pictures is as fast as a right one.</summary>
    public PictureOptions Pictures { get; init; } = new() { AcceptsGuess = true };
}
