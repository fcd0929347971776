using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>One sample, ready for the model: a tensor per input, each with a first axis of one (the sample).</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, TensorValue> Inputs)
{
    /// <summary>The class index, where the data names one.</summary>
    public int? Label { get; init; }

    /// <summary>The positions that count; null: all of them.</summary>
    public PositionMask? Mask { get; init; }

    /// <summary>Makes anew what follows from state, such as a mask that covers what a cache holds; null: nothing does.</summary>
    public Func<IReadOnlyDictionary<string, TensorValue>, IReadOnlyDictionary<string, TensorValue>>? Follow { get; init; }

    /// <summary>The same with the state that samples before it led to.</summary>
    /// <param name="state">By input; null or empty: the sample is the first one.</param>
    public Sample WithState(IReadOnlyDictionary<string, TensorValue>? state)
    {
        if (state is not { Count: > 0 })
            return this;
        Dictionary<string, TensorValue> inputs = new(Inputs);
        foreach ((string input, TensorValue value) in state)
            inputs[input] = value;
        return this with { Inputs = Follow?.Invoke(inputs) ?? inputs };
    }
}
