namespace Quantizer.Ranges.Weights;

/// <summary>How many scales a weight has.</summary>
public enum WeightGranularity
{
    /// <summary>One for each output channel.</summary>
    PerChannel,

    /// <summary>One for the whole tensor.</summary>
    PerTensor,
}
