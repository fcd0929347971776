namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>SSD and its kin: boxes and scores of anchors, all in two outputs or in outputs of each resolution.</summary>
/// <param name="hasBackground">The first class is none.</param>
/// <param name="areLogits">Scores are not probabilities yet, each by a sigmoid of its own.</param>
internal sealed class AnchorHead(IReadOnlyList<AnchorLevel> levels, BoxCoding coding, bool hasBackground, bool areLogits = false) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = [.. levels.SelectMany(level => level.Outputs)];

    public override IReadOnlyList<string> Logits { get; } = areLogits ? [.. levels.SelectMany(level => level.Outputs.Skip(1))] : [];

    public override bool HasPlaces => CodedBox.HasPlace(coding);

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        List<Detection> found = [];
        int before = 0;
        foreach (AnchorLevel level in levels)
            before += AddTo(found, level, before, outputs, confidence);
        return DetectionMatching.Suppress(found, UsualOverlap);
    }

    /// <param name="before">Anchors of the levels before it.</param>
    /// <returns>The level's anchors.</returns>
    private int AddTo(
        List<Detection> found,
        AnchorLevel level,
        int before,
        IReadOnlyDictionary<string, HeadOutput> outputs,
        double confidence
    )
    {
        (float[] boxes, int width) = RowsOf(outputs[level.Boxes]);
        (float[] scores, int classes) = RowsOf(outputs[level.Scores]);
        float[]? objectness = level.Objectness is { } name ? outputs[name].Values : null;
        int first = hasBackground ? 1 : 0,
            anchors = boxes.Length / width;
        for (int anchor = 0; anchor < anchors; anchor++)
        {
            int row = (anchor * classes) + first;
            (int label, float best) = Best(classes - first, c => scores[row + c]);
            double score = ShareOf(best);
            // The two are a probability together by their geometric mean, as YuNet has it.
            if (objectness is not null)
                score = Math.Sqrt(Math.Max(0, score * ShareOf(objectness[anchor])));
            if (score > confidence)
                found.Add(CodedBox.Of(coding, boxes.AsSpan(width * anchor, 4), before + anchor, score, label));
        }
        return anchors;
    }

    private double ShareOf(float score) => areLogits ? 1 / (1 + Math.Exp(-score)) : score;

    private static (float[] Values, int Width) RowsOf(HeadOutput output) => (output.Values, (int)output.Shape[^1]);
}
