namespace Quantizer.Pictures;

/// <summary>A picture cannot be decoded or resized; others can.</summary>
internal sealed class BrokenPictureException : QuantizationException
{
    public BrokenPictureException(string picture, string reason, Exception? inner = null)
        : base($"'{picture}': {reason}. Repair or remove it.", inner)
    {
        Picture = picture;
        Reason = reason;
    }

    /// <summary>What the caller named it.</summary>
    public string Picture { get; }

    /// <summary>Part of a sentence, without the picture's name.</summary>
    public string Reason { get; }
}
