namespace Quantizer.Graphs;

/// <summary>How a tensor's values lay in the file. Raw and typed values are written as they were read; the writer alone decides what
/// goes beside the model.</summary>
internal enum TensorStorage
{
    /// <summary><c>raw_data</c>.</summary>
    Raw,

    /// <summary>The typed repeated field of its element type (<c>float_data</c>, <c>int64_data</c>, ...).</summary>
    Typed,

    /// <summary>A file beside the model (<c>external_data</c>).</summary>
    External,
}
