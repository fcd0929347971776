namespace Quantizer;

/// <summary>What was asked for cannot be done as asked; nothing was begun. The command line ends with exit code 2.</summary>
/// <param name="message">What cannot be done, and what to do instead.</param>
/// <param name="inner">What it follows from.</param>
public sealed class UsageException(string message, Exception? inner = null) : QuantizationException(message, inner)
{
    /// <summary>What could be said, a line each, likeliest first, where it is the user who must say something; else empty. The message
    /// lists them, too.</summary>
    internal IReadOnlyList<string> Candidates { get; init; } = [];
}
