namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Comparisons, and what is chosen by them.</summary>
internal static class ComparisonMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        foreach (string compare in (string[])["Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Equal"])
        {
            yield return new MenuEntry(
                compare,
                13,
                Ranks.Any,
                false,
                (sketch, x) =>
                {
                    string condition = sketch.Node(compare, [x.Name, sketch.Scalar(0.1f)]);
                    string not = sketch.Node("Not", [condition]);
                    return x with { Name = sketch.Node("Where", [not, x.Name, sketch.Scalar(0.5f)]) };
                }
            );
        }
        foreach (string logical in (string[])["And", "Or", "Xor"])
        {
            yield return new MenuEntry(
                logical,
                13,
                Ranks.Any,
                false,
                (sketch, x) =>
                {
                    string low = sketch.Node("Greater", [x.Name, sketch.Scalar(-0.3f)]),
                        high = sketch.Node("Less", [x.Name, sketch.Scalar(0.3f)]);
                    return x with { Name = sketch.Node("Where", [sketch.Node(logical, [low, high]), x.Name, sketch.Scalar(-0.5f)]) };
                }
            );
        }
        yield return new MenuEntry(
            "IsNaN",
            13,
            Ranks.Any,
            true,
            (sketch, x) => x with { Name = sketch.Node("Where", [sketch.Node("IsNaN", [x.Name]), sketch.Scalar(0f), x.Name]) }
        );
    }
}
