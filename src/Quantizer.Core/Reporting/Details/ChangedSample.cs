namespace Quantizer.Reporting.Details;

/// <summary>A sample whose answer is another one in INT8.</summary>
/// <param name="Name">The file, or the place in it.</param>
/// <param name="Fp32">The answer in words: a class with its probability, a line of text, "7 boxes".</param>
/// <param name="Int8">The answer of the quantized model.</param>
/// <param name="Truth">The right answer, where it is known.</param>
/// <param name="SqnrDb">Of the first output for this sample; null when identical.</param>
public sealed record ChangedSample(string Name, string Fp32, string Int8, string? Truth, double? SqnrDb)
{
    /// <summary>The picture, made small, as a data URI; null where the sample is no picture.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>Boxes of both models, in shares of the picture's width and height.</summary>
    public IReadOnlyList<DrawnBox> Boxes { get; init; } = [];

    /// <summary>The FP32 model's mask or map of classes, as the data URI of a picture to lay over the thumbnail.</summary>
    public string? Fp32Mask { get; init; }

    /// <summary>The INT8 model's one.</summary>
    public string? Int8Mask { get; init; }
}

/// <summary>A box that a detector found.</summary>
/// <param name="IsInt8">Of the INT8 model.</param>
/// <param name="IsMatched">The other model has it, too.</param>
/// <param name="Label">The class by number.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Left">Share of the width.</param>
/// <param name="Top">Share of the height.</param>
/// <param name="Width">Share of the width.</param>
/// <param name="Height">Share of the height.</param>
public sealed record DrawnBox(bool IsInt8, bool IsMatched, int Label, double Score, double Left, double Top, double Width, double Height);

/// <summary>How often one answer became another.</summary>
/// <param name="Fp32">The FP32 model's answer.</param>
/// <param name="Int8">The INT8 model's.</param>
/// <param name="Count">Samples, or positions of them.</param>
public sealed record ChangedAnswer(string Fp32, string Int8, long Count);
