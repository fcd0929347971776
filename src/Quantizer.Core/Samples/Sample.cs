using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>One sample, ready for the model: a tensor per input, each with a first axis of one (the sample).</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, TensorValue> Inputs)
{
    /// <summary>The class index, where the data names one.</summary>
    public int? Label { get; init; }

    /// <summary>The positions that count; null: all of them.</summary>
    public PositionMask? Mask { get; init; }
}
