namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>SSD and its kin: an output of boxes [1, anchors, 4] and one of scores [1, anchors, classes].</summary>
/// <param name="hasBackground">The first class is none.</param>
internal sealed class AnchorHead(string boxes, string scores, BoxCoding coding, bool hasBackground) : BoxHead
{
    // The customary variances of SSD.
    private const double CentreVariance = 0.1,
        SizeVariance = 0.2;

    /// <summary>Far enough apart that boxes of different anchors never meet.</summary>
    private const double Apart = 1e6;

    public override IReadOnlyList<string> Outputs { get; } = [boxes, scores];

    public override bool HasPlaces => coding != BoxCoding.Offsets;

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        float[] coordinates = outputs[boxes].Values,
            values = outputs[scores].Values;
        int classes = (int)outputs[scores].Shape[^1],
            first = hasBackground ? 1 : 0;
        List<Detection> found = [];
        for (int anchor = 0; anchor < coordinates.Length / 4; anchor++)
        {
            int row = (anchor * classes) + first;
            (int label, float score) = Best(classes - first, c => values[row + c]);
            if (score > confidence)
                found.Add(Box(coordinates.AsSpan(4 * anchor, 4), anchor, score, label));
        }
        return DetectionMatching.Suppress(found, UsualOverlap);
    }

    private Detection Box(ReadOnlySpan<float> box, int anchor, float score, int label) =>
        coding switch
        {
            BoxCoding.Corners => new Detection(box[0], box[1], box[2], box[3], score, label),
            BoxCoding.Centre => Detection.OfCentre(box[0], box[1], box[2], box[3], score, label),
            // Seen from an anchor of size 1, overlaps are what they are in the picture; only boxes of one anchor can be compared.
            _ => Detection.OfCentre(
                (anchor * Apart) + (CentreVariance * box[0]),
                CentreVariance * box[1],
                Math.Exp(SizeVariance * box[2]),
                Math.Exp(SizeVariance * box[3]),
                score,
                label
            ),
        };
}
