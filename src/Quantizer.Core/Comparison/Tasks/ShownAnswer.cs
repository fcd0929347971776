using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks;

/// <summary>Both models' answers to one sample, for people.</summary>
/// <param name="Fp32">In words: "7 boxes".</param>
/// <param name="Int8">Likewise.</param>
/// <param name="Truth">Null where it is not known.</param>
internal sealed record ShownAnswer(string Fp32, string Int8, string? Truth = null)
{
    /// <summary>What an answer without words of its own is called: the other model's is measured by it.</summary>
    public const string Reference = "reference";

    /// <summary>Of a detector whose boxes have places in the picture.</summary>
    public IReadOnlyList<ShownBox> Boxes { get; init; } = [];

    /// <summary>The FP32 model's classes of pixels.</summary>
    public ShownMap? Fp32Map { get; init; }

    /// <summary>The INT8 model's.</summary>
    public ShownMap? Int8Map { get; init; }
}

/// <summary>An object that one of the models found.</summary>
/// <param name="Box">In the head's own coordinates.</param>
/// <param name="IsMatched">The other model found it, too.</param>
internal sealed record ShownBox(Detection Box, bool IsInt8, bool IsMatched);

/// <summary>A class for every pixel of a picture.</summary>
/// <param name="Classes">Row by row.</param>
internal sealed record ShownMap(int Width, int Height, int[] Classes);
