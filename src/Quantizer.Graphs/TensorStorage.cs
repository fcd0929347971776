namespace Quantizer.Graphs;

/// <summary>How a tensor's values lie in the file. Kept so that an untouched tensor is written as it was read.</summary>
public enum TensorStorage
{
    /// <summary><c>raw_data</c>.</summary>
    Raw,

    /// <summary>The typed repeated field of its element type (<c>float_data</c>, <c>int64_data</c>, ...).</summary>
    Typed,

    /// <summary>A file beside the model (<c>external_data</c>).</summary>
    External,
}
