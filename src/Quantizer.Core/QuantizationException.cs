namespace Quantizer;

/// <summary>
/// A model or data that cannot be quantized as asked. The message names the thing, what was found, what was expected
/// and what to do; it is shown to the user as it stands.
/// </summary>
public class QuantizationException : Exception
{
    /// <param name="message">What was found, what was expected and what to do.</param>
    /// <param name="inner">What it follows from.</param>
    public QuantizationException(string message, Exception? inner = null)
        : base(message, inner) { }
}
