namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>What is wrong with one reference to external data; <see cref="ExternalFiles"/> adds the model and the tensor.</summary>
internal sealed class ExternalDataException(string what, Exception? inner = null) : Exception(what, inner);
