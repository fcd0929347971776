using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>Guesses which output is the next value of a state.</summary>
internal static class StatePairs
{
    private static readonly string[] Directions =
    [
        "in",
        "out",
        "input",
        "output",
        "init",
        "initial",
        "prev",
        "past",
        "next",
        "new",
        "present",
        "n",
        "0",
    ];

    /// <summary>The output of the input's type and sizes that is called alike but for a direction ("h0" and "hn", "states_in" and
    /// "states_out"), or the only one where the input is the only state of that kind. Null where there is none.</summary>
    public static string? OutputOf(TensorSignature input, IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> outputs)
    {
        TensorSignature[] candidates = [.. outputs.Where(output => IsLike(output, input, inputs))];
        string stem = StemOf(input.Name);
        if (candidates.Where(output => StemOf(output.Name) == stem).ToArray() is [var alike])
            return alike.Name;
        return candidates is [var only] && inputs.Count(other => InputConventions.IsState(other) && IsLike(other, input, inputs)) == 1
            ? only.Name
            : null;
    }

    /// <summary>The output that holds what a cache does, longer by a sample's positions: called alike but for a direction, of the same type
    /// and number of axes. Null where there is none, or it has as many positions.</summary>
    /// <param name="length">The axis of positions.</param>
    public static string? GrownOutputOf(TensorSignature cache, int length, IReadOnlyList<TensorSignature> outputs)
    {
        string stem = StemOf(cache.Name);
        TensorSignature[] alike = [.. outputs.Where(output => output.Type == cache.Type && StemOf(output.Name) == stem && Grows(output))];
        return alike is [var only] ? only.Name : null;

        bool Grows(TensorSignature output) =>
            output.Shape is not { } shape
            || (
                shape.Count == cache.Shape!.Count
                && shape[length].Size is null
                && (shape[length].Symbol is not { } symbol || symbol != cache.Shape[length].Symbol)
            );
    }

    /// <summary>Of sizes that are known, but for the number of samples: those of a cache of keys and values grow. PyTorch's LSTM has its
    /// layers in front of the samples.</summary>
    private static bool IsLike(TensorSignature one, TensorSignature other, IReadOnlyList<TensorSignature> inputs)
    {
        if (
            one.Type != other.Type
            || one.Shape is not { } sizes
            || other.Shape is not { } expected
            || sizes.Count != expected.Count
            || sizes.Zip(expected).Any(axes => axes.First.Size != axes.Second.Size)
        )
        {
            return false;
        }
        int[] open = [.. Enumerable.Range(0, expected.Count).Where(at => expected[at].Size is null)];
        return open is [] or [0] || (open is [var samples] && (sizes[samples].Symbol == expected[samples].Symbol || IsOfSamples(samples)));

        // Exporters name the axes of outputs anew where nobody did.
        bool IsOfSamples(int at) =>
            expected[at].Symbol is { } symbol && inputs.Any(input => input.Shape is [{ Symbol: { } first }, ..] && first == symbol);
    }

    /// <summary>A name in small letters without its parts that tell a direction.</summary>
    private static string StemOf(string name)
    {
        // "past_key_values.3.key" goes on in "present.3.key".
        string[] parts = name.ToLowerInvariant().Replace("key_values", "", StringComparison.Ordinal).Split('_', '.', ':', '/');
        string stem = string.Join('_', parts.Where(part => part.Length > 0 && !Directions.Contains(part)));
        // hn and h0, cn and c0.
        return stem.Length > 1 && stem[^1] is 'n' or '0' ? stem[..^1] : stem;
    }
}
