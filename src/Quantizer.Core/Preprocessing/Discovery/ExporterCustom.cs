using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>What the networks of one maker are usually fed. It decides only what a test decided narrowly.</summary>
/// <param name="Name">Of the networks, for messages.</param>
/// <param name="Presets">Most usual first.</param>
internal sealed record ExporterCustom(string Name, IReadOnlyList<string> Presets, ChannelOrder Channels)
{
    /// <summary>
    /// PaddleOCR reads pictures by OpenCV, blue first: detectors of text take them less ImageNet's mean, recognizers and classifiers of
    /// lines -1..1. Other networks from PaddlePaddle classify more than two things, and are fed red first.
    /// </summary>
    public static ExporterCustom PaddleOcr { get; } =
        new("text networks from PaddlePaddle", ["minus-one-one", "imagenet"], ChannelOrder.Bgr) { LineSizes = [(192, 48), (160, 80)] };

    /// <summary>What its classifiers of whole lines are fed, most usual first.</summary>
    public IReadOnlyList<(int Width, int Height)> LineSizes { get; init; } = [];

    /// <summary>What paddle2onnx calls its nodes and free sizes.</summary>
    private const string PaddlePrefix = "p2o.";

    private const string Paddle = "PaddlePaddle";

    /// <param name="output">The model's first.</param>
    /// <returns>Null for a maker whose custom is not known.</returns>
    public static ExporterCustom? Of(OnnxModel model, TensorSignature output) => IsFromPaddle(model) && IsOfText(output) ? PaddleOcr : null;

    private static bool IsFromPaddle(OnnxModel model) =>
        new[] { model.ProducerName, model.DocString, model.Graph.Name, model.Graph.DocString }.Any(text =>
            text.Contains(Paddle, StringComparison.OrdinalIgnoreCase)
        ) || model.Graph.Nodes.Any(node => node.Name.StartsWith(PaddlePrefix, StringComparison.Ordinal));

    /// <summary>Scores along a line, one map, or two classes: of a line upright or turned.</summary>
    private static bool IsOfText(TensorSignature output) =>
        output.Shape switch
        {
            { Count: 3 } => true,
            [_, { Size: 1 }, _, _] => true,
            [_, { Size: 2 }] => true,
            _ => false,
        };

    /// <summary>The same as PaddleOCR's program has it: it lists ImageNet's mean and deviation of red, green and blue, and uses them for
    /// blue, green and red.</summary>
    public static PreparationCandidate AsWritten(PreparationCandidate usual)
    {
        PicturePreparation preparation = usual.Preparation;
        return preparation.Mean.Distinct().Count() == 1
            ? usual
            : new PreparationCandidate(
                PreparationCandidate.Custom,
                preparation with
                {
                    Mean = [.. preparation.Mean.Reverse()],
                    Std = [.. preparation.Std.Reverse()],
                }
            );
    }

    /// <summary>Of those that a test does not tell apart the usual one, of the same values as far as quantization goes; null: none of them
    /// is.</summary>
    public PreparationCandidate? Among(Verdict verdict) =>
        verdict.Doubt != Verdict.ChannelOrder
            ? null
            : verdict
                .Contenders.Select(contender => contender.Candidate)
                .Where(candidate =>
                    candidate.Preparation.Channels == Channels
                    && Presets.Contains(candidate.Preset)
                    && Verdict.AreAlike(candidate, verdict.Winner)
                )
                .MinBy(candidate => Presets.ToList().IndexOf(candidate.Preset));
}
