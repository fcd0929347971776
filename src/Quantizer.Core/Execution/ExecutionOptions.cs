namespace Quantizer.Execution;

/// <summary>How a session is opened. The default is what users run: one thread, every optimization.</summary>
internal sealed record ExecutionOptions
{
    public static ExecutionOptions Default { get; } = new();

    public OptimizationLevel Level { get; init; } = OptimizationLevel.All;

    /// <summary>Threads inside one operator. Results are bit-identical for any batch size only with one.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where ONNX Runtime writes the graph it really runs; null not to.</summary>
    public string? OptimizedModelPath { get; init; }

    /// <summary>The file in that folder for its larger weights; null to write them into the model.</summary>
    public string? OptimizedWeightsName { get; init; }

    /// <summary>The folder of external data for models opened from memory.</summary>
    public string? ExternalDataFolder { get; init; }

    /// <summary>Skips repacking weights: faster to open, slower to run. For sessions that run little or not at all.</summary>
    public bool DisablePrepacking { get; init; }

    /// <summary>Gives memory back as soon as a tensor is let go of, instead of keeping it for later runs.</summary>
    public bool DisableArena { get; init; }

    /// <summary>Where ONNX Runtime writes the times of each node, with its own ending; null not to.</summary>
    public string? ProfilePrefix { get; init; }

    /// <summary>Knows the nodes of <see cref="Observation.ObserverOperator"/>.</summary>
    internal bool Observes { get; init; }

    /// <summary>Sizes for symbolic dimensions, for shape questions (for example "batch" = 1).</summary>
    public IReadOnlyDictionary<string, long> FreeDimensions { get; init; } = new Dictionary<string, long>();
}
