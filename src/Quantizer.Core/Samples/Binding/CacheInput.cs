using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>An input that takes what a network kept of the positions before, such as the keys and values of its attention: one entry a
/// position, so that it is empty before the first one.</summary>
/// <param name="Output">The one that holds the same, longer by the positions of the sample.</param>
/// <param name="LengthAxis">The axis of its positions.</param>
internal sealed record CacheInput(TensorSignature Input, string Output, int LengthAxis)
{
    private static readonly string[] OfEncoder = ["encoder", "cross"];

    /// <summary>As it is before the first position, of one sample.</summary>
    public TensorValue Empty =>
        new(Input.Type, [.. Input.Shape!.Select((axis, at) => at == LengthAxis ? 0 : axis.Size ?? 1)], Array.Empty<byte>());

    /// <summary>Holds positions of the sequence that the sample goes on with, and not those of a text or sound that it reads.</summary>
    public bool IsOwn => !OfEncoder.Any(part => Input.Name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The model's caches: inputs of floats that are called so, and whose sizes are known but for the number of samples and one that
    /// grows; each pairs with an output. One that no output carries on was made by another network, and must be given.
    /// </summary>
    public static IReadOnlyList<CacheInput> Of(IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> outputs)
    {
        TensorSignature[] called = [.. inputs.Where(InputConventions.IsCalledCache)];
        HashSet<string?> batch = [.. inputs.Except(called).Select(input => input.Shape is [var first, ..] ? first.Symbol : null)];
        return [.. called.Select(input => Of(input, batch, outputs)).OfType<CacheInput>()];
    }

    private static CacheInput? Of(TensorSignature input, HashSet<string?> batch, IReadOnlyList<TensorSignature> outputs)
    {
        IReadOnlyList<Dimension> shape = input.Shape!;
        // A first axis of samples times heads has no size for one sample.
        if (shape[0] is { Size: null, Symbol: { } first } && !batch.Contains(first))
            return null;
        int[] lengths =
        [
            .. Enumerable
                .Range(1, shape.Count - 1)
                .Where(at => shape[at].Size is null && (shape[at].Symbol is not { } symbol || !batch.Contains(symbol))),
        ];
        return lengths is [var length] && StatePairs.GrownOutputOf(input, length, outputs) is { } output
            ? new CacheInput(input, output, length)
            : null;
    }
}
