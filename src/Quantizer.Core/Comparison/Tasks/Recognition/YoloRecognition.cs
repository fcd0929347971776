using Quantizer.Comparison.Tasks.Heads;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>YOLO: coordinates and scores of all cells in one output.</summary>
internal static class YoloRecognition
{
    /// <summary>The steps of the grids whose cells follow each other.</summary>
    private static readonly int[][] Grids =
    [
        [8, 16, 32],
        [8, 16, 32, 64],
        [4, 8, 16, 32],
        [8, 16],
        [16, 32],
        [16, 32, 64],
        [4, 8, 16],
        [32],
    ];

    private const int Coordinates = 4;

    /// <summary>Offsets of a centre from its cell, in cells, and logarithms of sizes are no larger; pixels are.</summary>
    private const float LargestOffset = 16,
        LargestLogarithm = 9;

    /// <summary>Objectness is told apart by classes that are sure where there is no object.</summary>
    private const float NoObject = 0.01f,
        SureOfClass = 0.05f;

    public static Recognized? Find(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Shape is not [1, >= 5 and var first, >= 5 and var second])
            return null;
        // Coordinates and scores never come out of one Sigmoid, as the labels of each frame of a sound do.
        if (output.HoldsSigmoids && !evidence.IsAsked)
            return null;
        bool isCellLast = second > first;
        int cells = (int)Math.Max(first, second),
            rows = (int)Math.Min(first, second);
        int anchors = evidence.Picture is { } picture ? AnchorsOf(cells, picture) : 0;
        float At(int row, int cell) => output.Values[isCellLast ? (row * cells) + cell : (cell * rows) + row];
        int shares = Enumerable.Range(Coordinates, rows - Coordinates).TakeWhile(row => Within(At, row, cells)).Count();
        // What follows the scores is told by the masks that it makes, or by not being shares.
        int others = MasksOf(evidence) is var masks && masks > 0 && masks < shares ? masks : rows - Coordinates - shares;
        shares = rows - Coordinates - others;
        bool areSizes = Enumerable.Range(0, cells).All(cell => At(2, cell) >= 0 && At(3, cell) >= 0);
        bool isRaw = anchors == 1 && others == 0 && AreOffsets(At, cells);
        bool areScores = others == 0 || (shares > 0 && anchors > 0);
        if (!evidence.IsAsked && (!areScores || !(areSizes || isRaw) || cells < 4 * rows / 3))
            return null;
        if (shares <= 0)
            (shares, others) = (rows - Coordinates, 0);
        bool hasObjectness = !isCellLast && shares > 1 && (anchors == 3 || IsObjectness(At, Coordinates + shares, cells));
        int scores = shares - (hasObjectness ? 1 : 0);
        string text =
            $"{output.Text}: 4 coordinates{(isRaw ? " from each cell, not decoded" : "")}{(hasObjectness ? ", objectness" : "")} and {scores} {(scores == 1 ? "score" : "scores")} "
            + $"of {cells} cells{(others == 0 ? "" : $", before {others} other numbers")}";
        YoloHead head = new(
            output.Name,
            isCellLast,
            hasObjectness,
            others == 0 ? null : scores,
            isRaw ? BoxCoding.AnchoredLogarithms : BoxCoding.Centre
        );
        return BoxesRecognition.Of(head, evidence, text, isSure: evidence.IsAsked || anchors > 0);
    }

    /// <summary>Masks that an output beside the cells holds, of which each cell has its share: [1, masks, height, width]; 0 where there is
    /// none.</summary>
    private static int MasksOf(TaskEvidence evidence) =>
        evidence.Outputs.Skip(1).FirstOrDefault(output => output is { HoldsFractions: true, Shape: [1, _, > 1, > 1] }) is { } masks
            ? (int)masks.Shape[1]
            : 0;

    /// <summary>Boxes for each cell of grids over the picture; 0 where no grids have so many cells.</summary>
    private static int AnchorsOf(int cells, SeenPicture picture)
    {
        foreach (int anchors in (int[])[1, 3])
        {
            if (Grids.Any(steps => cells == anchors * steps.Sum(step => Cells(picture.Height, step) * Cells(picture.Width, step))))
                return anchors;
        }
        return 0;
    }

    private static int Cells(int size, int step) => (size + step - 1) / step;

    /// <summary>Whether decoding is left to who reads the output, as YOLOX has it: centres are offsets from their cells, beyond 0..1 and
    /// far from pixels, and sizes logarithms.</summary>
    private static bool AreOffsets(Func<int, int, float> at, int cells)
    {
        bool areShares = true;
        for (int cell = 0; cell < cells; cell++)
        {
            if (!(Math.Abs(at(0, cell)) < LargestOffset && Math.Abs(at(1, cell)) < LargestOffset))
                return false;
            if (!(at(2, cell) < LargestLogarithm && at(3, cell) < LargestLogarithm))
                return false;
            areShares &= at(0, cell) is >= 0 and <= 1 && at(1, cell) is >= 0 and <= 1;
        }
        return !areShares;
    }

    private static bool Within(Func<int, int, float> at, int row, int cells)
    {
        for (int cell = 0; cell < cells; cell++)
        {
            if (!(at(row, cell) is >= 0 and <= 1.001f))
                return false;
        }
        return true;
    }

    private static bool IsObjectness(Func<int, int, float> at, int rows, int cells)
    {
        double sum = 0;
        int empty = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            if (at(Coordinates, cell) >= NoObject)
                continue;
            empty++;
            float most = 0;
            for (int row = Coordinates + 1; row < rows; row++)
                most = Math.Max(most, at(row, cell));
            sum += most;
        }
        return empty > 0 && sum / empty > SureOfClass;
    }
}
