namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>
/// FastestDet: [1, 5 + C, rows, columns] with objectness, offsets of the centre from the cell (through tanh), size (through a sigmoid)
/// and a softmax of class scores. Boxes are in parts of the picture.
/// </summary>
internal sealed class FastestDetHead(string output) : BoxHead
{
    private const int FirstScore = 5;

    // As its authors weigh objectness against class.
    private const float ObjectnessPower = 0.6f,
        ScorePower = 0.4f;

    private const double Overlap = 0.45;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    /// <summary>Its authors'.</summary>
    public override double UsualConfidence => 0.65;

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        (IReadOnlyList<long> shape, float[] v) = (outputs[output].Shape, outputs[output].Values);
        int height = (int)shape[^2],
            width = (int)shape[^1],
            cells = height * width;
        List<Detection> found = [];
        for (int cell = 0; cell < cells; cell++)
        {
            int here = cell;
            float objectness = MathF.Pow(v[cell], ObjectnessPower);
            // No score exceeds 1.
            if (!(objectness > confidence))
                continue;
            (int label, float best) = Best((int)shape[^3] - FirstScore, c => v[((FirstScore + c) * cells) + here]);
            float score = objectness * MathF.Pow(best, ScorePower);
            if (!(score > confidence))
                continue;
            found.Add(
                Detection.OfCentre(
                    (MathF.Tanh(v[cells + cell]) + (cell % width)) / width,
                    (MathF.Tanh(v[(2 * cells) + cell]) + (cell / width)) / height,
                    1 / (1 + MathF.Exp(-v[(3 * cells) + cell])),
                    1 / (1 + MathF.Exp(-v[(4 * cells) + cell])),
                    score,
                    label
                )
            );
        }
        return DetectionMatching.Suppress(found, Overlap);
    }

    public override IReadOnlyList<OutputPart> PartsOf(string name, IReadOnlyList<long> shape) =>
        name != output
            ? []
            :
            [
                new OutputPart("objectness", shape.Count - 3, 0, 1),
                new OutputPart("boxes", shape.Count - 3, 1, 4),
                new OutputPart("scores", shape.Count - 3, FirstScore, (int)shape[^3] - FirstScore),
            ];
}
