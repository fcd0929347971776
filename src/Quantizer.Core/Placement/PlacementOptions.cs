namespace Quantizer.Placement;

/// <summary>What the user wants in or out. Patterns are globs over node and tensor names.</summary>
internal sealed record PlacementOptions
{
    public static PlacementOptions Default { get; } = new();

    /// <summary>Empty: every node that gains.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public IReadOnlyList<string> ExcludeOpTypes { get; init; } = [];

    /// <summary>Nodes that stay in float whatever their rules say: node, as the graph names it, to the reason.</summary>
    public IReadOnlyDictionary<string, string> Float { get; init; } = new Dictionary<string, string>();

    /// <summary>Nodes whose arithmetic stays in float while the file may hold their weights as integers of 8 bits: node to the
    /// reason.</summary>
    public IReadOnlyDictionary<string, string> Stored { get; init; } = new Dictionary<string, string>();

    /// <summary>True: no operator is written that is not of the standard set.</summary>
    public bool StandardOnly { get; init; }

    /// <summary>Where the ranges of activations come from.</summary>
    public ActivationMode Activations { get; init; } = ActivationMode.Automatic;

    /// <summary>What weights become where <see cref="Activations"/> are none.</summary>
    public WeightStorage Storage { get; init; } = WeightStorage.Int8;

    /// <summary>Why <see cref="Activations"/> were not left to the rules of the operators; null: the user asked.</summary>
    public string? WhyActivations { get; init; }
}
