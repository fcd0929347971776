using System.Globalization;
using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>
/// Takes out of a sample the positions that its attention masks switch off, one for each of its sequences. Where the model leaves the
/// length of one open and they lie at its end, the sample is cut: what the model computes, and what it costs, is then that of the sentence
/// without padding. Elsewhere they stay and are told by <see cref="PositionMask"/>.
/// </summary>
internal sealed class SequenceMask
{
    private const string PositionNumbers = "position_ids";

    private readonly IReadOnlyDictionary<string, TensorSignature> _inputs;
    private readonly IReadOnlyList<TensorSignature> _masks;
    private readonly bool _isNamed;

    private SequenceMask(IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> masks, bool isNamed)
    {
        _inputs = inputs.ToDictionary(input => input.Name);
        _masks = masks;
        _isNamed = isNamed;
    }

    /// <summary>What the model calls them.</summary>
    public IReadOnlyList<string> Names => [.. _masks.Select(mask => mask.Name)];

    /// <summary>The model's masks: the input that was named, or those that are called so and have the two axes of other whole numbers, or
    /// the first two of vectors along a sequence; the first of each side of the network. Null where there is none.</summary>
    public static SequenceMask? Find(IReadOnlyList<TensorSignature> inputs, string? named)
    {
        IEnumerable<TensorSignature> all = inputs.Where(input =>
            named is not null
                ? input.Name == named
                : InputConventions.IsMask(input) && inputs.Any(other => IsSequenceOf(other, input, inputs))
        );
        List<TensorSignature> masks = [];
        foreach (TensorSignature mask in all)
        {
            // A second one tells something else, such as which words see all others.
            if (!masks.Any(before => SequenceSides.AreOne(before, mask, inputs)))
                masks.Add(mask);
        }
        return masks.Count == 0
            ? null
            : new SequenceMask(inputs, [.. masks.OrderByDescending(mask => SequenceSides.IsEncoders(mask, inputs))], named is not null);
    }

    /// <returns>The inputs without what was cut, and the positions that count where padding remains: those of the side that the outputs
    /// belong to before others.</returns>
    /// <exception cref="QuantizationException">No position is switched on, or the input that was named is no mask.</exception>
    public (Dictionary<string, TensorValue> Inputs, PositionMask? Mask) Apply(Dictionary<string, TensorValue> inputs)
    {
        PositionMask? told = null;
        foreach (TensorSignature signature in _masks)
        {
            (inputs, PositionMask? remaining) = Apply(signature, inputs);
            told = remaining ?? told;
        }
        return (inputs, told);
    }

    private (Dictionary<string, TensorValue> Inputs, PositionMask? Mask) Apply(
        TensorSignature signature,
        Dictionary<string, TensorValue> inputs
    )
    {
        TensorValue mask = inputs[signature.Name];
        if (mask.Shape is not ([1, _] or [_]))
            return (inputs, null);
        double[] values = Values(mask);
        bool isFloat = InputConventions.IsFloat(mask.Type);
        if (isFloat && Array.FindIndex(values, value => value is not (0 or 1)) is >= 0 and int other)
        {
            // Numbers that are added to scores switch off with what is far below 0, and on with 0.
            return _isNamed
                ? throw new QuantizationException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"its '{signature.Name}' holds {values[other]:G6}; a mask holds 1 where a position counts, else 0"
                    )
                )
                : (inputs, null);
        }
        bool[] counted = [.. values.Select(value => value != 0)];
        int first = Array.IndexOf(counted, true),
            end = Array.LastIndexOf(counted, true) + 1;
        // Of numbers to add, zeros alone switch nothing off.
        if (end == 0 && isFloat && !_isNamed)
            return (inputs, null);
        if (end == 0)
            throw new QuantizationException($"its mask '{signature.Name}' switches every position off");
        if (!counted.Contains(false))
            return (inputs, null);
        // Without numbers of their own, positions count from the first: cutting there would move them.
        bool isCut = (first == 0 || _inputs.ContainsKey(PositionNumbers)) && !counted[first..end].Contains(false);
        return isCut && CutAxes(signature, inputs, counted.Length) is { } axes
            ? (Cut(inputs, axes, first, end - first), null)
            : (inputs, new PositionMask(counted));
    }

    /// <summary>Whether an input runs along the positions that a mask switches.</summary>
    /// <param name="inputs">All of the model's.</param>
    public static bool IsSequenceOf(TensorSignature other, TensorSignature mask, IReadOnlyList<TensorSignature> inputs) =>
        other.Name != mask.Name
        && SequenceSides.AreOne(other, mask, inputs)
        && (AreWholeNumbersOf(other, mask) || InputConventions.AreFeaturesOf(other, mask));

    private static bool AreWholeNumbersOf(TensorSignature other, TensorSignature mask) =>
        other.Type is ElementType.Int64 or ElementType.Int32
        && other.Shape is [_, var length]
        && mask.Shape is [_, var positions]
        && length.Size == positions.Size;

    private static double[] Values(TensorValue mask) =>
        [.. MemoryMarshal.Cast<byte, double>(ArrayConversion.Convert(mask.Type, mask.Data.Span, ElementType.Double, "The mask").AsSpan())];

    /// <summary>The axes of the inputs that run along the sequence of a mask; null where the model fixes the length of one, or the mask is
    /// longer than what it belongs to, by what caches hold.</summary>
    private List<(string Input, int Axis)>? CutAxes(TensorSignature mask, Dictionary<string, TensorValue> inputs, int length)
    {
        Dimension own = mask.Shape is { Count: > 0 } maskShape ? maskShape[^1] : Dimension.Unknown;
        TensorSignature[] all = [.. _inputs.Values];
        // "past + sequence" is the axis of no other input.
        bool isShared = all.Any(other => other.Name != mask.Name && other.Shape?.Any(axis => axis.Symbol == own.Symbol) == true);
        List<(string Input, int Axis)> axes = [];
        foreach ((string name, TensorValue value) in inputs)
        {
            TensorSignature input = _inputs[name];
            for (int axis = value.Shape.Count > 1 ? 1 : 0; axis < value.Shape.Count; axis++)
            {
                if (value.Shape[axis] != length)
                    continue;
                Dimension declared = input.Shape is { } shape ? shape[axis] : Dimension.Unknown;
                if (declared.Size is not null)
                    return null;
                if (IsAlong(input, declared))
                    axes.Add((name, axis));
            }
        }
        return axes.Exists(axis => axis.Input != mask.Name) ? axes : null;

        bool IsAlong(TensorSignature input, Dimension axis) =>
            axis.Symbol is not null && own.Symbol is not null
                ? axis.Symbol == own.Symbol || (!isShared && IsSequenceOf(input, mask, all))
                : SequenceSides.AreOne(input, mask, all);
    }

    private static Dictionary<string, TensorValue> Cut(
        Dictionary<string, TensorValue> inputs,
        List<(string Input, int Axis)> axes,
        int start,
        int length
    )
    {
        Dictionary<string, TensorValue> cut = new(inputs);
        foreach ((string input, int axis) in axes)
            cut[input] = Slice(cut[input], axis, start, length);
        return cut;
    }

    private static TensorValue Slice(TensorValue value, int axis, int start, int length)
    {
        int inner = value
            .Shape.Skip(axis + 1)
            .Aggregate(ElementSizes.BitsOf(value.Type) / 8, (product, size) => checked(product * (int)size));
        int outer = value.Shape.Take(axis).Aggregate(1, (product, size) => checked(product * (int)size));
        int whole = checked((int)value.Shape[axis] * inner);
        byte[] data = new byte[outer * length * inner];
        for (int i = 0; i < outer; i++)
            value.Data.Span.Slice(i * whole + start * inner, length * inner).CopyTo(data.AsSpan(i * length * inner));
        return value with { Shape = [.. value.Shape.Select((size, at) => at == axis ? length : size)], Data = data };
    }
}
