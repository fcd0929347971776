using Quantizer.Placement.Contract;

namespace Quantizer.Targets.OnnxRuntimeCpu.Rules;

/// <summary>Which pools and resizes only select values, so that they run on integers with their input's scale.</summary>
internal static class MovingRules
{
    /// <summary>An axis count of 4: batch, channels, height, width.</summary>
    private const int PictureRank = 4;

    public static string? MaxPool(NodeContext context)
    {
        if (context.Node.Outputs.Count > 1 && context.Node.Outputs[1].Length > 0)
            return "its Indices output has no integer kernel";
        if (context.InputShape(0) is { } shape && shape.Count != PictureRank)
            return "MaxPool on integers needs two spatial axes";
        return null;
    }

    public static string? Resize(NodeContext context)
    {
        string mode = context.Node.StringAttribute("mode", "nearest");
        return mode == "nearest" ? null : $"Resize in mode '{mode}' has no integer kernel; only 'nearest' has";
    }
}
