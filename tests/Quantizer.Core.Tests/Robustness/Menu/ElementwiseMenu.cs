using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Operators on one value at a time.</summary>
internal static class ElementwiseMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        foreach (
            string plain in (string[])
                [
                    "Abs",
                    "Neg",
                    "Sigmoid",
                    "Tanh",
                    "Relu",
                    "LeakyRelu",
                    "Elu",
                    "Selu",
                    "Celu",
                    "HardSigmoid",
                    "Softplus",
                    "Softsign",
                    "Erf",
                    "Sin",
                    "Cos",
                    "Atan",
                    "Asinh",
                    "Identity",
                    "ThresholdedRelu",
                    "Dropout",
                ]
        )
        {
            yield return new MenuEntry(plain, 13, Ranks.Any, plain != "ThresholdedRelu", (sketch, x) => sketch.Same(x, plain));
        }
        yield return new MenuEntry("HardSwish", 14, Ranks.Any, true, (sketch, x) => sketch.Same(x, "HardSwish"));
        yield return new MenuEntry("Mish", 18, Ranks.Any, true, (sketch, x) => sketch.Same(x, "Mish"));
        yield return new MenuEntry("Gelu", 20, Ranks.Any, true, (sketch, x) => sketch.Same(x, "Gelu"));
        foreach (string rounding in (string[])["Floor", "Ceil", "Round", "Sign"])
            yield return new MenuEntry(rounding, 13, Ranks.Any, false, (sketch, x) => sketch.Same(x, rounding));
        yield return new MenuEntry("Shrink", 13, Ranks.Any, false, (sketch, x) => sketch.Same(x, "Shrink"));
        // Where values could leave what the function is defined for, or explode, they are brought near first.
        foreach (string bounded in (string[])["Exp", "Sinh", "Cosh", "Asin", "Acos", "Atanh", "Tan"])
        {
            yield return new MenuEntry(
                bounded,
                13,
                Ranks.Any,
                true,
                (sketch, x) => sketch.Same(sketch.Same(sketch.Same(x, "Tanh"), "Mul", [sketch.Scalar(0.9f)]), bounded)
            );
        }
        foreach (string positive in (string[])["Log", "Sqrt", "Reciprocal", "Acosh"])
        {
            yield return new MenuEntry(
                positive,
                13,
                Ranks.Any,
                true,
                (sketch, x) => sketch.Same(sketch.Same(sketch.Same(x, "Abs"), "Add", [sketch.Scalar(1.1f)]), positive)
            );
        }
        yield return new MenuEntry(
            "Clip",
            13,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(x, "Clip", [sketch.Scalar(-0.7f), sketch.Scalar(1.3f)])
        );
        yield return new MenuEntry(
            "Cast",
            13,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(sketch.Same(x, "Cast", null, NodeAttribute.Of("to", 11L)), "Cast", null, NodeAttribute.Of("to", 1L))
        );
        yield return new MenuEntry(
            "PRelu",
            13,
            Ranks.Any,
            true,
            (sketch, x) => sketch.Same(x, "PRelu", [sketch.Floats([x.Shape[^1]], 0.3)])
        );
    }
}
