using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

/// <summary>What a task is recognized by, made up.</summary>
internal static class Evidence
{
    public static SeenInput Picture(int channels, int height, int width) => Input("x", channels, height, width);

    public static SeenInput Input(string name, params long[] shape) =>
        new(name, TensorValue.FromFloats([1, .. shape], new float[shape.Aggregate(1L, (product, size) => product * size)]));

    public static SeenInput Tokens(params long[] ids) =>
        new(
            "ids",
            new TensorValue(ElementType.Int64, [1, ids.Length], System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(ids).ToArray())
        );

    /// <summary>An output of one sample.</summary>
    /// <param name="value">From the index in row-major order to the value.</param>
    public static SeenOutput Output(string name, string end, long[] shape, Func<int, float> value, ElementType type = ElementType.Float) =>
        new(name, type, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(value)], end);

    public static TaskEvidence Of(SeenInput input, params SeenOutput[] outputs) =>
        new([input], outputs, LargestLabel: null, TaskTruths.None, Confidence: null, IsAsked: false);

    /// <summary>Scattered values from -2 to 2, the same each time.</summary>
    public static float Noise(int index) => ((index * 6131 % 401) - 200) / 100f;
}
