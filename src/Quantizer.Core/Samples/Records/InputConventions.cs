using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>What exporters call inputs that data need not give.</summary>
internal static class InputConventions
{
    private static readonly string[] TokenTypes = ["token_type_ids", "segment_ids", "token_types"];
    private static readonly string[] Positions = ["position_ids", "positions", "pos_ids", "position_indices"];
    private static readonly string[] Masks = ["attention_mask", "input_mask", "padding_mask"];
    private const string Embeddings = "inputs_embeds";
    private static readonly string[] States = ["h", "c", "hx", "cx", "h0", "c0", "h_0", "c_0", "h_in", "c_in", "hc", "hn", "cn"];
    private static readonly string[] StateParts = ["state", "hidden", "cache", "initial_h", "initial_c"];

    /// <summary>Numbers the sentences of a pair: zeros for one sentence.</summary>
    public static bool IsTokenTypes(TensorSignature input) => TokenTypes.Contains(input.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers the positions of a sequence: 0, 1, 2, ... where it begins at its beginning.</summary>
    public static bool IsPositions(TensorSignature input) =>
        input.Type is ElementType.Int64 or ElementType.Int32 && Positions.Contains(input.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Switches positions on and off. One of floats may as well be a picture, or numbers that are added to scores: there the
    /// values decide. PyTorch's key_padding_mask is true where there is nothing to read, and no mask by these means.</summary>
    public static bool IsMask(TensorSignature input) =>
        input.Name.Contains("mask", StringComparison.OrdinalIgnoreCase)
        && !input.Name.Contains("key_padding", StringComparison.OrdinalIgnoreCase)
        && (
            IsFloat(input.Type)
            || input.Type is ElementType.Bool or ElementType.Int64 or ElementType.Int32 or ElementType.Int8 or ElementType.UInt8
        );

    /// <summary>A mask that stands for "every position counts" where it is left out; of floats only where it has two axes, which a
    /// picture's has not.</summary>
    public static bool IsAttentionMask(TensorSignature input) =>
        IsMask(input)
        && (IsMaskOfText(input) || input.Name.EndsWith(Masks[0], StringComparison.OrdinalIgnoreCase))
        && (!IsFloat(input.Type) || input.Shape is { Count: 2 });

    /// <summary>An attention mask of the network's own sequence, or of that of one side; others are called after what they belong to, as
    /// image_attention_mask is.</summary>
    public static bool IsMaskOfText(TensorSignature input) =>
        Masks.Contains(SequenceSides.WithoutSide(input.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Vectors of floats along a sequence, [samples, positions, values], beside a mask [samples, positions]. A mask of embedded
    /// words may be longer, by the words before them.</summary>
    public static bool AreFeaturesOf(TensorSignature input, TensorSignature mask) =>
        IsFloat(input.Type)
        && input.Shape is [_, var length, _]
        && mask.Shape is [_, var positions]
        && (
            IsSame(length, positions)
            || (length.Size == positions.Size && input.Name.EndsWith(Embeddings, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>Called as exporters call what a network keeps of the positions before, of floats. Whether it is such a cache, its sizes
    /// and the outputs tell.</summary>
    public static bool IsCalledCache(TensorSignature input) =>
        IsFloat(input.Type)
        && input.Shape is { Count: > 1 }
        && (
            input.Name.StartsWith("past", StringComparison.OrdinalIgnoreCase)
            || input.Name.Contains("cache", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Says whether there is anything in the caches: false chooses the branch of a decoder that reads none.</summary>
    public static bool IsCacheSwitch(TensorSignature input) =>
        input.Type == ElementType.Bool && input.Name.Equals("use_cache_branch", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a network carries from one sample to the next: zeros before the first. Its sizes are known but for one, the number of
    /// samples.</summary>
    public static bool IsState(TensorSignature input) =>
        (
            States.Contains(input.Name, StringComparer.OrdinalIgnoreCase)
            || input.Name.StartsWith("past", StringComparison.OrdinalIgnoreCase)
            || StateParts.Any(part => input.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        )
        && input.Shape is { Count: > 0 } shape
        && shape.Count(axis => axis.Size is null) <= 1;

    public static bool IsFloat(ElementType type) => type is ElementType.Float or ElementType.Float16 or ElementType.Double;

    /// <summary>Open sizes may be the same unless they have names that differ.</summary>
    public static bool IsSame(Dimension one, Dimension other) =>
        one.Size == other.Size && (one.Symbol is null || other.Symbol is null || one.Symbol == other.Symbol);

    /// <summary>Whether the input may be missing: what then stands in for it is known. Caches may be, too; the model's outputs tell them,
    /// and a <see cref="DataRequest"/> names them.</summary>
    public static bool CanStandIn(TensorSignature input) =>
        IsTokenTypes(input) || IsPositions(input) || IsAttentionMask(input) || IsCacheSwitch(input) || IsState(input);
}
