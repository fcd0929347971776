using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>What is made of the rest of a sample for inputs that the data leave out: masks, numbers of positions, types of tokens, and
/// whether there is anything in the caches.</summary>
/// <param name="inputs">All of the model's.</param>
/// <param name="caches">Those among them that are caches.</param>
internal sealed class StandIns(IReadOnlyList<TensorSignature> inputs, IReadOnlyList<CacheInput> caches)
{
    private readonly CacheInput? _past = caches.FirstOrDefault(cache => cache.IsOwn);
    private readonly Dictionary<string, Func<IReadOnlyDictionary<string, TensorValue>, TensorValue>> _makers = [];

    /// <summary>Lets something stand in for an input.</summary>
    /// <param name="given">The inputs that the data feed.</param>
    /// <returns>How to say what it is; null where nothing can.</returns>
    public string? Add(TensorSignature input, IReadOnlyList<string> given)
    {
        if (InputConventions.IsCacheSwitch(input))
        {
            _makers[input.Name] = sample => ConstantInput.Filled(input.Type, ConstantInput.Zeros(input).Shape, isOne: LengthIn(sample) > 0);
            return _past is null ? "false" : $"false where '{_past.Input.Name}' is empty";
        }
        if (LikeOf(input, given) is not { } like)
            return null;
        bool followsPast = _past is not null && !SequenceSides.IsEncoders(input, inputs);
        if (InputConventions.IsAttentionMask(input))
        {
            bool isLonger = followsPast && IsLonger(input, like);
            _makers[input.Name] = sample =>
                ConstantInput.Filled(input.Type, ShapeOf(input, like, sample, isLonger ? LengthIn(sample) : 0), isOne: true);
            return $"ones, so that every position counts, in the shape of '{like.Name}'"
                + (isLonger ? $" and as much longer as '{_past!.Input.Name}' holds" : "");
        }
        if (InputConventions.IsTokenTypes(input))
        {
            _makers[input.Name] = sample => ConstantInput.Filled(input.Type, ShapeOf(input, like, sample), isOne: false);
            return $"zeros, in the shape of '{like.Name}'";
        }
        if (!InputConventions.IsPositions(input))
            return null;
        _makers[input.Name] = sample =>
            ConstantInput.Positions(input.Type, ShapeOf(input, like, sample), followsPast ? LengthIn(sample) : 0);
        return $"0, 1, 2, ... along the sequence, in the shape of '{like.Name}'"
            + (followsPast ? $" and behind what '{_past!.Input.Name}' holds" : "");
    }

    /// <summary>A sample's tensors and those that stand in.</summary>
    public Dictionary<string, TensorValue> With(IReadOnlyDictionary<string, TensorValue> sample)
    {
        Dictionary<string, TensorValue> whole = new(sample);
        foreach ((string input, var make) in _makers)
            whole[input] = make(sample);
        return whole;
    }

    private static IReadOnlyList<long> ShapeOf(
        TensorSignature input,
        TensorSignature like,
        IReadOnlyDictionary<string, TensorValue> sample,
        long further = 0
    )
    {
        long[] shape = [.. sample[like.Name].Shape.Take(input.Shape!.Count)];
        if (shape.Length > 0)
            shape[^1] += further;
        return shape;
    }

    /// <summary>Whether a mask covers the positions in the caches, too: where it does not, its axis is that of the sequence.</summary>
    private static bool IsLonger(TensorSignature mask, TensorSignature like) =>
        mask.Shape![^1].Symbol is not { } symbol || symbol != like.Shape![mask.Shape.Count - 1].Symbol;

    private long LengthIn(IReadOnlyDictionary<string, TensorValue> sample) =>
        _past is not null && sample.TryGetValue(_past.Input.Name, out TensorValue? value) ? value.Shape[_past.LengthAxis] : 0;

    /// <summary>An input of the same sequence that has the same number of axes, or vectors along it; one whose axis has the same name
    /// before others.</summary>
    private TensorSignature? LikeOf(TensorSignature input, IReadOnlyList<string> given)
    {
        if (input.Shape is not { } shape)
            return null;
        bool mayDiffer = !InputConventions.IsAttentionMask(input) || InputConventions.IsMaskOfText(input);
        return inputs
            .Where(other => given.Contains(other.Name) && SequenceSides.AreOne(other, input, inputs))
            .Where(other => other.Shape?.Count == shape.Count || InputConventions.AreFeaturesOf(other, input))
            .Where(other => mayDiffer || HasSameAxis(other))
            .OrderByDescending(HasSameAxis)
            .ThenByDescending(other => other.Shape!.Count == shape.Count)
            .FirstOrDefault();

        bool HasSameAxis(TensorSignature other) =>
            shape.Count > 0 && shape[^1].Symbol is { } symbol && other.Shape![shape.Count - 1].Symbol == symbol;
    }
}
