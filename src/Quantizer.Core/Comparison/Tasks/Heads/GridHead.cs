namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>
/// YOLO without its last layers: for each resolution a map [1, A * (B + 1 + C), H, W] or [1, A, H, W, B + 1 + C] with A boxes for each
/// cell: B numbers of the box, perhaps an objectness, and C scores.
/// </summary>
/// <param name="anchors">A.</param>
/// <param name="boxNumbers">B: four, or four distributions.</param>
/// <param name="classes">C; 0: objects are of one class.</param>
/// <param name="hasObjectness">Multiplies the scores.</param>
/// <param name="areLogits">Objectness and scores are not probabilities yet, each by a sigmoid of its own.</param>
internal sealed class GridHead(
    IReadOnlyList<string> outputs,
    int anchors,
    int boxNumbers,
    int classes,
    bool hasObjectness,
    BoxCoding coding,
    bool areLogits
) : BoxHead
{
    private readonly AnchorScores _scores = new(AreLogits: areLogits);

    public int Anchors => anchors;

    public int Classes => Math.Max(1, classes);

    public bool HasObjectness => hasObjectness;

    public override IReadOnlyList<string> Outputs => outputs;

    public override IReadOnlyList<string> Logits => areLogits ? outputs : [];

    public override bool HasPlaces => false;

    /// <summary>The numbers of each box of each cell, one after the other.</summary>
    public static (float[] Values, int Width) RowsOf(HeadOutput output, int anchors)
    {
        (float[] values, int width) = output.Rows();
        return (values, output.Shape.Count == 4 ? width / anchors : width);
    }

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> values, double confidence)
    {
        List<Detection> found = [];
        int box = 0;
        foreach (string output in outputs)
        {
            (float[] rows, int width) = RowsOf(values[output], anchors);
            for (int at = 0; at < rows.Length; at += width, box++)
            {
                ReadOnlySpan<float> row = rows.AsSpan(at, width);
                double score = hasObjectness ? _scores.Best([row[boxNumbers]]).Probability : 1;
                if (!(score > confidence))
                    continue;
                (int label, double best) = classes == 0 ? (0, 1) : _scores.Best(row[^classes..]);
                if (score * best > confidence)
                    found.Add(CodedBox.Of(coding, row[..boxNumbers], box, score * best, label));
            }
        }
        return DetectionMatching.Suppress(found, UsualOverlap);
    }

    public override IReadOnlyList<OutputPart> PartsOf(string output, IReadOnlyList<long> shape)
    {
        // Numbers of several boxes take turns in a map.
        if (!outputs.Contains(output) || (shape.Count == 4 && anchors > 1))
            return [];
        int axis = shape.Count == 4 ? 1 : shape.Count - 1;
        return [new OutputPart("boxes", axis, 0, boxNumbers), new OutputPart("scores", axis, boxNumbers, (int)shape[axis] - boxNumbers)];
    }
}
