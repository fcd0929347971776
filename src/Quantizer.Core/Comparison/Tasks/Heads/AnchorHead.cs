namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>SSD and its kin: boxes and scores of anchors, all in two outputs or in outputs of each resolution.</summary>
internal sealed class AnchorHead(IReadOnlyList<AnchorLevel> levels, BoxCoding coding, AnchorScores scores) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = [.. levels.SelectMany(level => level.Outputs)];

    public override IReadOnlyList<string> Logits { get; } = scores.AreLogits ? [.. levels.SelectMany(level => level.Outputs.Skip(1))] : [];

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
        (float[] boxes, int width) = outputs[level.Boxes].Rows();
        (float[] classes, int count) = outputs[level.Scores].Rows();
        float[]? objectness = level.Objectness is { } name ? outputs[name].Values : null;
        int anchors = boxes.Length / width;
        for (int anchor = 0; anchor < anchors; anchor++)
        {
            (int label, double score) = scores.Best(classes.AsSpan(anchor * count, count));
            // The two are a probability together by their geometric mean, as YuNet has it.
            if (objectness is not null)
                score = Math.Sqrt(Math.Max(0, score * scores.Best([objectness[anchor]]).Probability));
            if (score > confidence)
                found.Add(CodedBox.Of(coding, boxes.AsSpan(width * anchor, width), before + anchor, score, label));
        }
        return anchors;
    }
}
