namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Detections that the graph has sorted out itself, a row each: four corners, and score and class behind them.</summary>
/// <param name="first">The column of the first corner.</param>
internal sealed class RowHead(string output, int first, int score, int label) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        int columns = (int)outputs[output].Shape[^1];
        return
        [
            .. outputs[output]
                .Values.Chunk(columns)
                .Where(row => row[score] > confidence)
                .Select(row => new Detection(row[first], row[first + 1], row[first + 2], row[first + 3], row[score], (int)row[label])),
        ];
    }
}
