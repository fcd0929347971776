namespace Quantizer.Reporting.Details;

/// <summary>How far a tensor of the INT8 model is from the same tensor of the FP32 one, on the same samples.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Node">The node that gives it; empty for an input of the network.</param>
/// <param name="SqnrDb">10 log10(signal / error) over all samples, all errors that come from before included; null when identical.</param>
/// <param name="OwnSqnrDb">The same of the error that its own node adds: run on the FP32 model's inputs; null where none was measured or
/// there is none.</param>
/// <param name="PredictedSqnrDb">What rounding and clipping of this tensor alone were expected to cost; null where it is not
/// quantized.</param>
public sealed record TensorError(string Name, string Node, double? SqnrDb, double? OwnSqnrDb, double? PredictedSqnrDb);
