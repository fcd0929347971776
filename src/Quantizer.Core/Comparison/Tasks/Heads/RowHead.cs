namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Detections that the graph has sorted out itself, a row each: four corners, and score and class before or behind them.</summary>
/// <param name="first">The column of the first corner.</param>
/// <param name="label">The column of the class; -1 is none.</param>
/// <param name="count">An output that tells how many rows count; null: all.</param>
internal sealed class RowHead(string output, int first, int score, int label, string? count = null) : BoxHead
{
    public override IReadOnlyList<string> Outputs { get; } = count is null ? [output] : [output, count];

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        int columns = (int)outputs[output].Shape[^1];
        int rows = count is null ? int.MaxValue : (int)outputs[count].Values[0];
        return
        [
            .. outputs[output]
                .Values.Chunk(columns)
                .Take(rows)
                .Where(row => row[score] > confidence && row[label] >= 0)
                .Select(row => new Detection(row[first], row[first + 1], row[first + 2], row[first + 3], row[score], (int)row[label])),
        ];
    }
}
