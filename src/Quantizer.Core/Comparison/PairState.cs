using Quantizer.Graphs;

namespace Quantizer.Comparison;

/// <summary>The state that two models carry through one sequence, each its own; that of the samples as long as none is there.</summary>
internal sealed class PairState
{
    /// <summary>The reference's, by input.</summary>
    public IReadOnlyDictionary<string, TensorValue> Reference { get; set; } = new Dictionary<string, TensorValue>();

    /// <summary>The other model's, by input.</summary>
    public IReadOnlyDictionary<string, TensorValue> Other { get; set; } = new Dictionary<string, TensorValue>();
}
