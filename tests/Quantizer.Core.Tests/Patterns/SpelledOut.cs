using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Patterns;

/// <summary>Functions as exporters spell them out; inner tensors are named after the output.</summary>
internal static class SpelledOut
{
    public static GraphBuilder Gelu(this GraphBuilder builder, string y, string x) =>
        builder
            .Constant($"{y}_root", [], [1.4142135f])
            .Constant($"{y}_one", [], [1f])
            .Constant($"{y}_half", [], [0.5f])
            .Node("Div", [x, $"{y}_root"], [$"{y}_scaled"])
            .Node("Erf", [$"{y}_scaled"], [$"{y}_erf"])
            .Node("Add", [$"{y}_erf", $"{y}_one"], [$"{y}_sum"])
            .Node("Mul", [x, $"{y}_sum"], [$"{y}_product"])
            .Node("Mul", [$"{y}_product", $"{y}_half"], [y]);

    public static GraphBuilder LayerNormalization(this GraphBuilder builder, string y, string x, int width) =>
        builder
            .Constant($"{y}_two", [], [2f])
            .Constant($"{y}_epsilon", [], [1e-5f])
            .Constant($"{y}_gamma", [width], [.. Enumerable.Range(0, width).Select(i => 1f + 0.01f * i)])
            .Constant($"{y}_beta", [width], [.. Enumerable.Range(0, width).Select(i => 0.01f * i)])
            .Node("ReduceMean", [x], [$"{y}_mean"], NodeAttribute.Of("axes", [-1L]))
            .Node("Sub", [x, $"{y}_mean"], [$"{y}_centred"])
            .Node("Pow", [$"{y}_centred", $"{y}_two"], [$"{y}_squares"])
            .Node("ReduceMean", [$"{y}_squares"], [$"{y}_variance"], NodeAttribute.Of("axes", [-1L]))
            .Node("Add", [$"{y}_variance", $"{y}_epsilon"], [$"{y}_sum"])
            .Node("Sqrt", [$"{y}_sum"], [$"{y}_deviation"])
            .Node("Div", [$"{y}_centred", $"{y}_deviation"], [$"{y}_normalized"])
            .Node("Mul", [$"{y}_normalized", $"{y}_gamma"], [$"{y}_scaled"])
            .Node("Add", [$"{y}_scaled", $"{y}_beta"], [y]);

    public static GraphBuilder RmsNormalization(this GraphBuilder builder, string y, string x, int width) =>
        builder
            .Constant($"{y}_epsilon", [], [1e-5f])
            .Constant($"{y}_gamma", [width], [.. Enumerable.Range(0, width).Select(i => 1f + 0.01f * i)])
            .Node("Mul", [x, x], [$"{y}_squares"])
            .Node("ReduceMean", [$"{y}_squares"], [$"{y}_mean"], NodeAttribute.Of("axes", [-1L]))
            .Node("Add", [$"{y}_mean", $"{y}_epsilon"], [$"{y}_sum"])
            .Node("Sqrt", [$"{y}_sum"], [$"{y}_root"])
            .Node("Reciprocal", [$"{y}_root"], [$"{y}_factor"])
            .Node("Mul", [x, $"{y}_factor"], [$"{y}_normalized"])
            .Node("Mul", [$"{y}_gamma", $"{y}_normalized"], [y]);

    public static GraphBuilder HardSwish(this GraphBuilder builder, string y, string x) =>
        builder
            .Constant($"{y}_three", [], [3f])
            .Constant($"{y}_zero", [], [0f])
            .Constant($"{y}_six", [], [6f])
            .Node("Add", [x, $"{y}_three"], [$"{y}_shifted"])
            .Node("Clip", [$"{y}_shifted", $"{y}_zero", $"{y}_six"], [$"{y}_clipped"])
            .Node("Mul", [x, $"{y}_clipped"], [$"{y}_product"])
            .Node("Div", [$"{y}_product", $"{y}_six"], [y]);

    public static GraphBuilder Silu(this GraphBuilder builder, string y, string x) =>
        builder.Node("Sigmoid", [x], [$"{y}_gate"]).Node("Mul", [x, $"{y}_gate"], [y]);
}
