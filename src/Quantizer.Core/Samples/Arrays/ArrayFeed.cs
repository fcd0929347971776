namespace Quantizer.Samples.Arrays;

/// <summary>What of an array makes one sample of an input.</summary>
internal enum ArrayFeed
{
    /// <summary>A row, under a first axis of one: the array has the input's axes, the first being the samples.</summary>
    RowAsBatch,

    /// <summary>A row as it is: the array has one axis more than the input, whose first axis is none of samples.</summary>
    Row,

    /// <summary>The whole array, the same for every sample: it and the input are scalars.</summary>
    Constant,
}
