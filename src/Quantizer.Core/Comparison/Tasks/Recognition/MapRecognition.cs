using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Networks whose first output is a map of their picture.</summary>
internal static class MapRecognition
{
    /// <summary>Feature maps and heat maps are four times smaller than the picture at least; segmentation mostly is not.</summary>
    private const double SmallestPixelMap = 0.5;

    private const double SmallestMap = 0.125;

    private const double LeastCovered = 0.03;

    /// <summary>What scores of classes come out of. A displacement that is scaled and taken from where it began (Mul, Sub), a direction of
    /// length 1 (Div) or a depth (Exp) has channels as well, and no best one; nor has a heat map for each point of a body (Sigmoid).
    /// </summary>
    private static readonly HashSet<string> ScoreEnds =
    [
        "Conv",
        "ConvTranspose",
        "MatMul",
        "Gemm",
        "Einsum",
        "Add",
        "Sum",
        "Concat",
        "BatchNormalization",
        "Resize",
        "Upsample",
        "DepthToSpace",
        "Slice",
        "Relu",
        "Softmax",
        "LogSoftmax",
    ];

    public static Recognized? FindPictures(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (SeenMap.Of(output, evidence.Picture) is not { } map || map.Channels is not (1 or 3))
            return null;
        // A map of bytes with one channel may hold the class of each pixel.
        bool areBytes = output.Type == ElementType.UInt8 && map.Channels == 3;
        if (!output.HoldsFractions && !areBytes)
            return null;
        if (map.Scale < 1 || RangeOf(output) is not var (low, peak))
            return null;
        // What makes a picture of something else, such as the decoder of a latent, makes a larger one.
        if (map.Channels != evidence.Picture!.Channels && map.Scale < 2 && !evidence.IsAsked)
            return null;
        bool isMask = map.Channels == 1 && map.Scale == 1 && output.End == "Sigmoid" && output.IsDecided();
        if (!evidence.IsAsked && (isMask || GridOf(map).HoldsProbabilities(output.Values)))
            return null;
        return new Recognized(
            new PicturesTask(output.Name, low, peak, map.IsChannelsLast, evidence.Truths),
            $"{output.Text}: a picture of {map.Width}x{map.Height} with values from {low:0} to {low + peak:0}"
        );
    }

    public static Recognized? FindPixels(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (MapOf(evidence) is not { } map || (map.Scale < SmallestMap && !evidence.IsAsked))
            return null;
        if (map.Channels == 1)
        {
            return !output.HoldsFractions || (evidence.IsAsked && output.HoldsWholeNumbers)
                ? new Recognized(new PixelsTask(output.Name, null, evidence.Truths), $"{output.Text}: the class of every pixel")
                : null;
        }
        if (!output.HoldsFractions)
            return null;
        ClassGrid grid = GridOf(map);
        bool mayBeScores =
            MayBeScores(map, (evidence.Picture ?? evidence.Bands)!) && ScoreEnds.Contains(output.End) && !output.NamesQuantities;
        bool isSure =
            evidence.IsAsked
            || grid.HoldsProbabilities(output.Values)
            || ((mayBeScores || AreNamedScores(evidence)) && !AreHeatMaps(map, output));
        return new Recognized(
            new PixelsTask(output.Name, grid, evidence.Truths),
            $"{output.Text}: scores of {map.Channels} classes at each of {map.Width}x{map.Height} pixels",
            isSure
        );
    }

    public static Recognized? FindMasks(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (MapOf(evidence) is not { } map || !output.HoldsFractions)
            return null;
        bool areLogits = !output.IsWithin(0, 1);
        if (!evidence.IsAsked && (map.Scale < SmallestMap || (areLogits && !MayBeLogits(map, output))))
            return null;
        MasksTask task = new(output.Name, GridOf(map), areLogits, evidence.Confidence ?? MasksTask.UsualThreshold, evidence.Truths);
        string what = areLogits ? "the logit of a probability" : "a probability",
            masks = map.Channels == 1 ? "" : $" of {map.Channels} masks";
        return new Recognized(
            task,
            $"{output.Text}: {what} for each of {map.Width}x{map.Height} pixels{masks}",
            evidence.IsAsked || (output.IsDecided(areLogits) && (map.Channels == 1 || CoversMuch(map, output)))
        );
    }

    /// <summary>Of the picture. What has other channels than pictures have may be anything: a map of it is as large and its name says what
    /// it holds, or it is asked for.</summary>
    private static SeenMap? MapOf(TaskEvidence evidence)
    {
        SeenMap? map = SeenMap.Of(evidence.First, evidence.Picture ?? evidence.Bands);
        return evidence.Picture is not null || evidence.IsAsked || (map?.Scale == 1 && IsToldOf(evidence.First, evidence.Bands!))
            ? map
            : null;
    }

    /// <summary>Masks of two channels are also those that take noise out of a sound.</summary>
    private static bool IsToldOf(SeenOutput output, SeenPicture bands) => output.NamesSegments || (output.NamesMasks && bands.Channels > 2);

    /// <summary>Behind the last convolution there is no sigmoid: a mask lies on both sides of the threshold.</summary>
    private static bool MayBeLogits(SeenMap map, SeenOutput output) =>
        map is { Channels: 1, Scale: >= SmallestPixelMap }
        && output.End is "Conv" or "ConvTranspose" or "Resize" or "Add"
        && output.Values.Min() < -SeenOutput.DecidedLogit
        && output.Values.Max() > SeenOutput.DecidedLogit;

    /// <summary>Heat maps, one for each point, are nearly zero everywhere, and smaller than the picture.</summary>
    private static bool CoversMuch(SeenMap map, SeenOutput output) =>
        map.Scale >= 1 && output.Values.Count(value => value > 0.5f) >= LeastCovered * output.Values.Length;

    /// <summary>One for each point, with a peak where it is: by their name, or as each is a Softmax over its own pixels.</summary>
    private static bool AreHeatMaps(SeenMap map, SeenOutput output) =>
        output.NamesHeatMaps
        || (
            output.End == "Softmax"
            && new ClassGrid(map.Width * map.Height, IsClassFirst: map.IsChannelsLast).HoldsProbabilities(output.Values)
        );

    /// <summary>Nobody tells classes of more pixels than there are; and what has as many channels as its input, more than a picture, is
    /// that input changed: a denoised latent.</summary>
    private static bool MayBeScores(SeenMap map, SeenPicture input) =>
        map.Scale is >= SmallestPixelMap and <= 1 && !(map.Scale == 1 && map.Channels == input.Channels && map.Channels > 3);

    /// <summary>SegFormer and its like give scores of a quarter of the picture's size, and say so. A detector's scores have boxes beside
    /// them.</summary>
    private static bool AreNamedScores(TaskEvidence evidence) =>
        evidence.Outputs.Count == 1 && evidence.First.NamesScores && ScoreEnds.Contains(evidence.First.End);

    private static ClassGrid GridOf(SeenMap map) => new(map.Channels, IsClassFirst: !map.IsChannelsLast);

    /// <summary>0 to 1, -1 to 1 or 0 to 255, each with what a network shoots beyond it; null for values of no picture.</summary>
    private static (double Low, double Peak)? RangeOf(SeenOutput output) =>
        output.Type == ElementType.UInt8 ? (0, 255)
        : output.IsWithin(-0.2, 1.2) ? (0, 1)
        : output.IsWithin(-1.2, 1.2) ? (-1, 2)
        : output.IsWithin(-40, 295) && output.Values.Max() > 64 ? (0, 255)
        : null;
}
