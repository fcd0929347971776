using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>The parts of a shortcut without parameters.</summary>
internal static class ShortcutLayers
{
    /// <summary>Every second row and column.</summary>
    public static GraphBuilder Slice(
        this GraphBuilder builder,
        string output,
        string input,
        long start = 0,
        long end = long.MaxValue,
        long[]? axes = null
    )
    {
        axes ??= [2, 3];
        return builder
            .Constant($"{output}_starts", [axes.Length], Repeated(start, axes))
            .Constant($"{output}_ends", [axes.Length], Repeated(end, axes))
            .Constant($"{output}_axes", [axes.Length], axes)
            .Constant($"{output}_steps", [axes.Length], Repeated(2, axes))
            .Node("Slice", [input, $"{output}_starts", $"{output}_ends", $"{output}_axes", $"{output}_steps"], [output]);
    }

    /// <summary>Channels of a value before and behind the others.</summary>
    public static GraphBuilder Pad(
        this GraphBuilder builder,
        string output,
        string input,
        long before,
        long after,
        float value = 0f,
        string mode = "constant",
        long[]? pads = null
    ) =>
        builder
            .Constant($"{output}_pads", [8], pads ?? [0, before, 0, 0, 0, after, 0, 0])
            .Constant($"{output}_value", [], [value])
            .Node("Pad", [input, $"{output}_pads", $"{output}_value"], [output], NodeAttribute.Of("mode", mode));

    private static long[] Repeated(long value, long[] axes) => [.. axes.Select(_ => value)];
}
