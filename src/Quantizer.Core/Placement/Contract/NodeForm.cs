namespace Quantizer.Placement.Contract;

/// <summary>How a node runs in the quantized model.</summary>
internal enum NodeForm
{
    /// <summary>As in the FP32 model.</summary>
    Float,

    /// <summary>Weights stored as int8 and turned back when the file is loaded; arithmetic in float.</summary>
    Stored,

    /// <summary>Integers, with ranges of the activations that calibration fixed.</summary>
    Static,

    /// <summary>Integers, with ranges of the activations taken in each run.</summary>
    Dynamic,
}
