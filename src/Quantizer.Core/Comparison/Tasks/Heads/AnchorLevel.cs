namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>The outputs for the anchors of one resolution; each has a row for every anchor.</summary>
/// <param name="Boxes">Begins each row with a box's four numbers.</param>
/// <param name="Scores">Of every class.</param>
/// <param name="Objectness">Multiplies the scores; null: there is none.</param>
internal sealed record AnchorLevel(string Boxes, string Scores, string? Objectness = null)
{
    public IEnumerable<string> Outputs => Objectness is null ? [Boxes, Scores] : [Boxes, Scores, Objectness];
}
