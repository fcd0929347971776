using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>An output of the FP32 model on the first sample.</summary>
/// <param name="End">The operator that computes it, behind all that only moves values; empty when there is none.</param>
internal sealed record SeenOutput(string Name, ElementType Type, IReadOnlyList<long> Shape, float[] Values, string End)
{
    /// <summary>Of a probability of 0.9.</summary>
    public const float DecidedLogit = 2.2f;

    /// <summary>Nearly every pixel of a mask, or key of a piano, is nearly 0 or nearly 1; those of a depth map and coordinates are not.
    /// </summary>
    private const double DecidedShare = 0.7;

    private static readonly string[] ScoreWords = ["logit", "softmax", "prob", "score", "class", "cls", "label"];
    private static readonly string[] VectorWords = ["embed", "hidden", "feature", "pool", "vector"];

    private static readonly string[] HeatWords = ["heatmap", "heat_map", "confmap", "keypoint"];
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Places, directions, sizes, and what is told ahead.</summary>
    private static readonly string[] QuantityWords =
    [
        "landmark",
        "keypoint",
        "coord",
        "bbox",
        "pose",
        "angle",
        "offset",
        "rotation",
        "translation",
        "displacement",
        "gaze",
        "regress",
        "forecast",
        "quantile",
        "audio",
        "speech",
        "wav",
        "flow",
        "disparity",
        "depth",
        "latent",
        "logvar",
    ];

    /// <summary>The class that each of its numbers is of, where a map from classes to numbers has them in another order.</summary>
    public IReadOnlyList<int>? ClassOrder { get; init; }

    /// <summary>Taken from what a Sigmoid computed, such as frames without those that filled a window.</summary>
    public bool ArePartOfSigmoid { get; init; }

    /// <summary>Each a probability of its own, or else a share.</summary>
    public bool HoldsSigmoids => (End == "Sigmoid" || ArePartOfSigmoid) && IsWithin(0, 1);

    public bool HoldsFractions => Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    public bool HoldsWholeNumbers => !HoldsFractions || Values.All(value => value == MathF.Floor(value));

    /// <summary>What is left of scores once the network has looked for the best: their places, or the best ones in order.</summary>
    public bool HoldsAnswers =>
        End is "ArgMax" or "ArgMin" or "TopK" or "ArrayFeatureExtractor" || (Type == ElementType.Int64 && Values.Length == 1);

    public bool NamesScores => Names(ScoreWords);

    /// <summary>Of pixels: "seg_logits".</summary>
    public bool NamesSegments => NamesScores || Name.Contains("seg", StringComparison.OrdinalIgnoreCase);

    public bool NamesMasks => Name.Contains("mask", StringComparison.OrdinalIgnoreCase);

    public bool NamesVectors => Names(VectorWords);

    public bool NamesBoxes => Name.Contains("box", StringComparison.OrdinalIgnoreCase);

    /// <summary>Maps whose peaks tell where points are: "heatmaps", "hm", "out/hm_2", but not "hmm".</summary>
    public bool NamesHeatMaps =>
        HeatWords.Any(word => Name.Contains(word, StringComparison.OrdinalIgnoreCase))
        || Name.Split('.', '/', '_', ':', '-').Any(word => word.TrimEnd(Digits).Equals("hm", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a word of the name begins so: "head_pose", but not "Transpose_3".</summary>
    public bool NamesQuantities => QuantityWords.Any(BeginsWord);

    /// <summary>Vectors of length 1, as they are made for comparing.</summary>
    public bool HasUnitLength => Values.Length > 1 && Math.Abs(Values.Sum(value => (double)value * value) - 1) < 1e-3;

    /// <summary>output0 [1,14,320]</summary>
    public string Text => $"{Name} [{string.Join(',', Shape)}]";

    public bool IsWithin(double low, double high) => Values.Length > 0 && Values.All(value => value >= low && value <= high);

    /// <param name="areLogits">They are no probabilities yet.</param>
    public bool IsDecided(bool areLogits = false) =>
        Values.Count(value => areLogits ? MathF.Abs(value) > DecidedLogit : value is < 0.1f or > 0.9f) >= DecidedShare * Values.Length;

    private bool BeginsWord(string word)
    {
        int start = Name.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return start == 0 || (start > 0 && (!char.IsLetter(Name[start - 1]) || char.IsUpper(Name[start])));
    }

    private bool Names(string[] words) => words.Any(word => Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
