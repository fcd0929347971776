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
        TensorSignature[] candidates = [.. outputs.Where(output => IsLike(output, input))];
        string stem = StemOf(input.Name);
        if (candidates.Where(output => StemOf(output.Name) == stem).ToArray() is [var alike])
            return alike.Name;
        return candidates is [var only] && inputs.Count(other => InputConventions.IsState(other) && IsLike(other, input)) == 1
            ? only.Name
            : null;
    }

    /// <summary>Of sizes that are known, but for the number of samples: those of a cache of keys and values grow.</summary>
    private static bool IsLike(TensorSignature one, TensorSignature other) =>
        one.Type == other.Type
        && one.Shape is { } sizes
        && other.Shape is { } expected
        && sizes.Count == expected.Count
        && sizes.Zip(expected).All(axes => axes.First.Size == axes.Second.Size)
        && expected.Skip(1).All(axis => axis.Size is not null);

    /// <summary>A name in small letters without its parts that tell a direction.</summary>
    private static string StemOf(string name)
    {
        string[] parts = name.ToLowerInvariant().Split('_', '.', ':', '/');
        string stem = string.Join('_', parts.Where(part => !Directions.Contains(part)));
        // hn and h0, cn and c0.
        return stem.Length > 1 && stem[^1] is 'n' or '0' ? stem[..^1] : stem;
    }
}
