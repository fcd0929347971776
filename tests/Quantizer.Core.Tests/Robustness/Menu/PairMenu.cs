using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Operators on two tensors.</summary>
internal static class PairMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        foreach (string pair in (string[])["Add", "Sub", "Mul", "Min", "Max", "Sum", "Mean"])
        {
            yield return new MenuEntry(
                pair,
                13,
                Ranks.Any,
                true,
                (sketch, x) => sketch.Same(x, pair, [sketch.Floats(Broadcast(sketch, x))])
            );
            // Both sides of a branch.
            yield return new MenuEntry(pair, 13, Ranks.Any, true, (sketch, x) => sketch.Same(x, pair, [sketch.Same(x, "Sigmoid").Name]));
        }
        yield return new MenuEntry(
            "Div",
            13,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(x, "Div", [sketch.Floats(Broadcast(sketch, x), 0.5, 1.5)])
        );
        yield return new MenuEntry("Pow", 13, Ranks.Any, true, (sketch, x) => sketch.Same(x, "Pow", [sketch.Scalar(2f)]));
        yield return new MenuEntry(
            "Mod",
            13,
            Ranks.Any,
            false,
            (sketch, x) => sketch.Same(x, "Mod", [sketch.Scalar(1.5f)], NodeAttribute.Of("fmod", 1L))
        );
    }

    /// <summary>A constant as networks have them: one for all, one a channel, one a value of the last axis.</summary>
    private static long[] Broadcast(NetworkSketch sketch, SketchTensor x) =>
        sketch.Random.Next(3) switch
        {
            0 => [1],
            1 => [x.Shape[1], .. x.Shape.Skip(2).Select(_ => 1L)],
            _ => [x.Shape[^1]],
        };
}
