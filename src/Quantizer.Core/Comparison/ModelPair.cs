using Quantizer.Comparison.Tasks;
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
    private readonly IReadOnlyDictionary<string, string> _feedback;
    private readonly IReadOnlyDictionary<string, string> _otherFeedback;

    /// <summary>Of the axes of inputs.</summary>
    private readonly HashSet<string> _symbols;

    private ModelPair(
        InferenceModel reference,
        InferenceModel other,
        ILookup<bool, (TensorSignature, TensorSignature)> pairs,
        IReadOnlyDictionary<string, string> feedback,
        IReadOnlyDictionary<string, string> otherFeedback
    )
    {
        _reference = reference;
        _other = other;
        _symbols =
        [
            .. reference.Inputs.Concat(other.Inputs).SelectMany(input => input.Shape ?? []).Select(axis => axis.Symbol).OfType<string>(),
        ];
        Outputs = [.. pairs[true]];
        WithoutNumbers = [.. pairs[false].Select(pair => pair.Item1.Name)];
        _feedback = feedback;
        _otherFeedback = otherFeedback;
        _referenceNames = [.. Outputs.Select(pair => pair.Reference.Name).Union(feedback.Values)];
        _otherNames = [.. Outputs.Select(pair => pair.Other.Name).Union(otherFeedback.Values)];
    }

    /// <summary>Whether an output has other sizes in other networks only: each axis has a number, or follows an axis of an input. A list
    /// of detections, or a sentence that is spoken, is as long as the values make it.</summary>
    public bool IsOfOneSize(TensorSignature output) =>
        output.Shape is { } shape && shape.All(axis => axis.Size is not null || (axis.Symbol is { } symbol && FollowsInput(symbol)));

    private bool FollowsInput(string symbol) =>
        !symbol.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') || _symbols.Contains(symbol);

    /// <summary>The outputs that hold numbers in both, or texts in both.</summary>
    public IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> Outputs { get; }

    /// <summary>The reference's outputs that hold neither, such as optionals.</summary>
    public IReadOnlyList<string> WithoutNumbers { get; }

    /// <param name="feedback">Outputs of the reference that are inputs of the next sample, by these; null where samples are
    /// independent.</param>
    /// <exception cref="QuantizationException">The models' outputs do not correspond.</exception>
    public static ModelPair Of(InferenceModel reference, InferenceModel other, IReadOnlyDictionary<string, string>? feedback = null)
    {
        (TensorSignature Reference, TensorSignature Other)[] pairs = [.. Match(reference, other)];
        feedback ??= new Dictionary<string, string>();
        return new ModelPair(
            reference,
            other,
            pairs.ToLookup(pair =>
                (OutputValues.Supports(pair.Reference.Type) && OutputValues.Supports(pair.Other.Type))
                || (pair.Reference.Type == ElementType.String && pair.Other.Type == ElementType.String)
            ),
            feedback,
            feedback.ToDictionary(state => state.Key, state => pairs.First(pair => pair.Reference.Name == state.Value).Other.Name)
        );
    }

    /// <summary>Both models' values of <see cref="Outputs"/>, in that order.</summary>
    /// <param name="state">What both carry through the sample's sequence, which this brings forward; null for a sample of its own.</param>
    /// <exception cref="QuantizationException">A model cannot be run on the sample.</exception>
    public IReadOnlyList<(TensorValue Expected, TensorValue Found)> Run(Sample sample, PairState? state = null)
    {
        IReadOnlyDictionary<string, TensorValue> expected = _reference.Run(sample.WithState(state?.Reference).Inputs, _referenceNames);
        IReadOnlyDictionary<string, TensorValue> found = _other.Run(sample.WithState(state?.Other).Inputs, _otherNames);
        if (state is not null)
        {
            state.Reference = _feedback.ToDictionary(input => input.Key, input => expected[input.Value]);
            state.Other = _otherFeedback.ToDictionary(input => input.Key, input => found[input.Value]);
        }
        return [.. Outputs.Select(pair => (expected[pair.Reference.Name], found[pair.Other.Name]))];
    }

    /// <summary>How many samples of their own go into one run: more than one where a model has a fixed batch.</summary>
    public int SamplesAtOnce(Sample sample) => Math.Max(_reference.SamplesAtOnce(sample.Inputs), _other.SamplesAtOnce(sample.Inputs));

    /// <summary>As <see cref="Run"/> of each sample.</summary>
    /// <exception cref="QuantizationException">A model cannot be run on a sample.</exception>
    public IReadOnlyList<IReadOnlyList<(TensorValue Expected, TensorValue Found)>> RunEach(IReadOnlyList<Sample> samples)
    {
        IReadOnlyDictionary<string, TensorValue>[] inputs = [.. samples.Select(sample => sample.Inputs)];
        return
        [
            .. _reference
                .RunEach(inputs, _referenceNames)
                .Zip(
                    _other.RunEach(inputs, _otherNames),
                    (expected, found) =>
                        (IReadOnlyList<(TensorValue, TensorValue)>)
                            [.. Outputs.Select(pair => (expected[pair.Reference.Name], found[pair.Other.Name]))]
                ),
        ];
    }

    /// <summary>Both models' values of a sample of its own, as tasks judge them.</summary>
    /// <exception cref="QuantizationException">A model cannot be run on the sample.</exception>
    public IReadOnlyDictionary<string, JudgedOutput> Judged(Sample sample) =>
        Outputs
            .Zip(Run(sample), (output, values) => (output.Reference.Name, new OutputPair(values.Expected, values.Found)))
            .ToDictionary(output => output.Name, output => output.Item2.Judged(sample.Mask));

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
