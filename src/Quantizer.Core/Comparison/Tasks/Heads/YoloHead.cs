namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>
/// YOLO: for each cell the box's centre, width and height, perhaps an objectness, and the score of every class.
/// Cells lie along the last axis, [1, 4 + C, cells], or before it, [1, cells, 5 + C]. Further numbers may follow: points of a body or a
/// face, coefficients of a mask, an angle.
/// </summary>
/// <param name="hasObjectness">The fifth value multiplies the scores.</param>
/// <param name="scores">Classes; null: all that follows.</param>
/// <param name="coding">Of what the graph leaves to be decoded.</param>
internal sealed class YoloHead(string output, bool isCellLast, bool hasObjectness, int? scores = null, BoxCoding coding = BoxCoding.Centre)
    : BoxHead
{
    private const int Coordinates = 4;

    private readonly int _firstScore = hasObjectness ? Coordinates + 1 : Coordinates;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override bool HasPlaces => CodedBox.HasPlace(coding);

    public override IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence)
    {
        (IReadOnlyList<long> shape, float[] values) = (outputs[output].Shape, outputs[output].Values);
        int rows = (int)shape[isCellLast ? ^2 : ^1],
            cells = (int)shape[isCellLast ? ^1 : ^2];
        float At(int row, int cell) => values[isCellLast ? (row * cells) + cell : (cell * rows) + row];
        List<Detection> found = [];
        for (int cell = 0; cell < cells; cell++)
        {
            int here = cell;
            double objectness = hasObjectness ? At(Coordinates, cell) : 1;
            if (!(objectness > confidence))
                continue;
            (int label, float best) = Best(scores ?? rows - _firstScore, c => At(_firstScore + c, here));
            if (best * objectness > confidence)
                found.Add(CodedBox.Of(coding, [At(0, cell), At(1, cell), At(2, cell), At(3, cell)], cell, best * objectness, label));
        }
        return DetectionMatching.Suppress(found, UsualOverlap);
    }

    public override IReadOnlyList<OutputPart> PartsOf(string name, IReadOnlyList<long> shape)
    {
        if (name != output)
            return [];
        int axis = shape.Count - (isCellLast ? 2 : 1);
        // Objectness is a probability like the scores.
        int end = scores is { } classes ? _firstScore + classes : (int)shape[axis];
        OutputPart[] parts = [new("boxes", axis, 0, Coordinates), new("scores", axis, Coordinates, end - Coordinates)];
        return end == shape[axis] ? parts : [.. parts, new OutputPart("others", axis, end, (int)shape[axis] - end)];
    }
}
