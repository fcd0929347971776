namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Detections that the graph has sorted out itself, in outputs of their own: boxes [D, 4], scores [D], labels [D].</summary>
/// <param name="coding">Corners, or centres and sizes.</param>
internal sealed class ListHead(string boxes, string scores, string? labels, BoxCoding coding = BoxCoding.Corners) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = labels is null ? [boxes, scores] : [boxes, scores, labels];

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        float[] places = outputs[boxes].Values,
            values = outputs[scores].Values;
        float[]? classes = labels is null ? null : outputs[labels].Values;
        return
        [
            .. Enumerable
                .Range(0, values.Length)
                .Where(i => values[i] > confidence)
                .Select(i => CodedBox.Of(coding, places.AsSpan(4 * i, 4), i, values[i], (int)(classes?[i] ?? 0))),
        ];
    }
}
