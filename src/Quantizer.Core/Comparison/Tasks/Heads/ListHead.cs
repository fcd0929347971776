namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Detections that the graph has sorted out itself, in outputs of their own: boxes [D, 4], scores [D], labels [D].</summary>
internal sealed class ListHead(string boxes, string scores, string? labels) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = labels is null ? [boxes, scores] : [boxes, scores, labels];

    /// <summary>All of the list but what only fills it up.</summary>
    public override double UsualConfidence => 0;

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        float[] corners = outputs[boxes].Values,
            values = outputs[scores].Values;
        float[]? classes = labels is null ? null : outputs[labels].Values;
        return
        [
            .. Enumerable
                .Range(0, values.Length)
                .Where(i => values[i] > confidence)
                .Select(i => new Detection(
                    corners[4 * i],
                    corners[(4 * i) + 1],
                    corners[(4 * i) + 2],
                    corners[(4 * i) + 3],
                    values[i],
                    (int)(classes?[i] ?? 0)
                )),
        ];
    }
}
