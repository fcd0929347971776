namespace Quantizer.Placement.Contract;

/// <summary>What an operator does with integers on a target.</summary>
internal enum OperatorRole
{
    /// <summary>Multiplies by constant weights: the work that quantization is for.</summary>
    Weighted,

    /// <summary>Combines several activations; reads and writes integers with scales of its own; constants take the activation's
    /// type.</summary>
    Combining,

    /// <summary>Maps one activation; reads and writes integers with scales of its own.</summary>
    Mapping,

    /// <summary>Moves or selects values without changing them: input and output share one scale.</summary>
    Moving,

    /// <summary>A clamp that disappears into the operator before it when the quantized range implies it.</summary>
    Clamping,
}
