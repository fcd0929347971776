using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Details;

namespace Quantizer.Details;

/// <summary>Boxes of a detector's own coordinates in shares of the picture.</summary>
internal static class DrawnBoxes
{
    /// <summary>No box in shares reaches further; no picture that boxes are told of in pixels is so small.</summary>
    private const double LargestShare = 2;

    /// <param name="width">Of the picture that the model was given.</param>
    /// <param name="height">Likewise.</param>
    public static IReadOnlyList<DrawnBox> Of(IReadOnlyList<ShownBox> boxes, int width, int height)
    {
        bool areShares = boxes.All(box => box.Box.X2 <= LargestShare && box.Box.Y2 <= LargestShare);
        (double x, double y) = areShares ? (1, 1) : (width, height);
        return
        [
            .. boxes.Select(box => new DrawnBox(
                box.IsInt8,
                box.IsMatched,
                box.Box.Label,
                box.Box.Score,
                box.Box.X1 / x,
                box.Box.Y1 / y,
                (box.Box.X2 - box.Box.X1) / x,
                (box.Box.Y2 - box.Box.Y1) / y
            )),
        ];
    }
}
