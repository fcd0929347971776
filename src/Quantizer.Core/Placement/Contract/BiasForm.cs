namespace Quantizer.Placement.Contract;

/// <summary>How the file holds the bias of a node that runs on integers.</summary>
internal enum BiasForm
{
    /// <summary>As it was.</summary>
    Float,

    /// <summary>int32, with the product of the activation's and the weights' scale.</summary>
    Int32,
}
