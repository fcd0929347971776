namespace Quantizer.Execution.Observation;

/// <summary>Sees an observed float tensor while the model runs. <paramref name="data"/> is ONNX Runtime's own memory and valid only
/// during the call.</summary>
/// <param name="index">The number that the observing node was made with.</param>
internal delegate void TensorObserver(int index, ReadOnlySpan<long> shape, ReadOnlySpan<float> data);
