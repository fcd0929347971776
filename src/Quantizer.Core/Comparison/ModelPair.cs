using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>Two models of the same network, run on the same samples.</summary>
internal sealed class ModelPair
{
    private readonly InferenceModel _reference;
    private readonly InferenceModel _other;
    private readonly string[] _referenceNames;
    private readonly string[] _otherNames;
    private readonly IReadOnlyDictionary<string, string> _otherFeedback;
    private Dictionary<string, TensorValue> _otherState = [];

    private ModelPair(
        InferenceModel reference,
        InferenceModel other,
        ILookup<bool, (TensorSignature, TensorSignature)> pairs,
        IReadOnlyDictionary<string, string> otherFeedback
    )
    {
        _reference = reference;
        _other = other;
        Outputs = [.. pairs[true]];
        WithoutNumbers = [.. pairs[false].Select(pair => pair.Item1.Name)];
        _referenceNames = [.. Outputs.Select(pair => pair.Reference.Name)];
        _otherFeedback = otherFeedback;
        _otherNames = [.. Outputs.Select(pair => pair.Other.Name).Union(otherFeedback.Values)];
    }

    /// <summary>The outputs that hold numbers in both.</summary>
    public IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> Outputs { get; }

    /// <summary>The reference's outputs that hold none, such as texts.</summary>
    public IReadOnlyList<string> WithoutNumbers { get; }

    /// <summary>Samples carry state, so that they must be run one after the other.</summary>
    public bool IsSequential => _otherFeedback.Count > 0;

    /// <param name="feedback">Outputs of the reference that are inputs of the next sample, by these; null where samples are
    /// independent.</param>
    /// <exception cref="QuantizationException">The models' outputs do not correspond.</exception>
    public static ModelPair Of(InferenceModel reference, InferenceModel other, IReadOnlyDictionary<string, string>? feedback = null)
    {
        (TensorSignature Reference, TensorSignature Other)[] pairs = [.. Match(reference, other)];
        return new ModelPair(
            reference,
            other,
            pairs.ToLookup(pair => OutputValues.Supports(pair.Reference.Type) && OutputValues.Supports(pair.Other.Type)),
            (feedback ?? new Dictionary<string, string>()).ToDictionary(
                state => state.Key,
                state => pairs.First(pair => pair.Reference.Name == state.Value).Other.Name
            )
        );
    }

    /// <summary>Both models' values of <see cref="Outputs"/>, in that order. Each model carries its own state: the sample's is the
    /// reference's.</summary>
    /// <exception cref="QuantizationException">A model cannot be run on the sample.</exception>
    public IReadOnlyList<(TensorValue Expected, TensorValue Found)> Run(Sample sample)
    {
        IReadOnlyDictionary<string, TensorValue> expected = _reference.Run(sample.Inputs, _referenceNames);
        IReadOnlyDictionary<string, TensorValue> found = _other.Run(InputsOfOther(sample), _otherNames);
        if (IsSequential)
            _otherState = _otherFeedback.ToDictionary(state => state.Key, state => found[state.Value]);
        return [.. Outputs.Select(pair => (expected[pair.Reference.Name], found[pair.Other.Name]))];
    }

    private IReadOnlyDictionary<string, TensorValue> InputsOfOther(Sample sample)
    {
        if (!sample.ContinuesSequence || _otherState.Count == 0)
            return sample.Inputs;
        Dictionary<string, TensorValue> inputs = new(sample.Inputs);
        foreach ((string input, TensorValue value) in _otherState)
            inputs[input] = value;
        return inputs;
    }

    /// <summary>Pairs outputs by name, or by position when another tool renamed them.</summary>
    private static IEnumerable<(TensorSignature Reference, TensorSignature Other)> Match(InferenceModel reference, InferenceModel other)
    {
        if (reference.Outputs.Count != other.Outputs.Count)
        {
            throw new QuantizationException(
                $"The FP32 model has {reference.Outputs.Count} outputs and the INT8 model {other.Outputs.Count}; they must be the same "
                    + $"network."
            );
        }

        Dictionary<string, TensorSignature> named = other.Outputs.ToDictionary(output => output.Name);
        bool byName = reference.Outputs.All(output => named.ContainsKey(output.Name));
        return reference.Outputs.Select((output, i) => (output, byName ? named[output.Name] : other.Outputs[i]));
    }
}
