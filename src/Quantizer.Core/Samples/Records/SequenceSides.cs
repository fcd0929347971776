using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>
/// Which inputs run along one sequence, in networks of an encoder and a decoder: exporters say so by a prefix, and leave it out on one of
/// the two sides.
/// </summary>
internal static class SequenceSides
{
    private const string Encoder = "encoder_";
    private const string Decoder = "decoder_";

    /// <summary>Whether both belong to the same side; always where the network has only one.</summary>
    /// <param name="inputs">All of the model's.</param>
    public static bool AreOne(TensorSignature one, TensorSignature other, IReadOnlyList<TensorSignature> inputs) =>
        SideOf(one, inputs) == SideOf(other, inputs);

    /// <summary>Whether the input belongs to what a decoder reads from, and not to what it writes on.</summary>
    /// <param name="inputs">All of the model's.</param>
    public static bool IsEncoders(TensorSignature input, IReadOnlyList<TensorSignature> inputs) => SideOf(input, inputs) == Encoder;

    /// <summary>An input's name without its side's prefix.</summary>
    public static string WithoutSide(string name) => HasPrefix(name, Encoder) || HasPrefix(name, Decoder) ? name[Encoder.Length..] : name;

    /// <summary>T5 as a whole takes input_ids and decoder_input_ids, its decoder alone input_ids and encoder_hidden_states: what has no
    /// prefix is what the others are not. Null where none has one.</summary>
    private static string? SideOf(TensorSignature input, IReadOnlyList<TensorSignature> inputs) =>
        HasPrefix(input.Name, Encoder) ? Encoder
        : HasPrefix(input.Name, Decoder) ? Decoder
        : inputs.Any(other => HasPrefix(other.Name, Decoder)) ? Encoder
        : inputs.Any(other => HasPrefix(other.Name, Encoder)) ? Decoder
        : null;

    private static bool HasPrefix(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
