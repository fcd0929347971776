using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// 1. An AveragePool that counts its padding (or has none) becomes a depthwise convolution with weights 1 / (kernel area): the
///    integer average pool is some twenty times slower than that.
/// 2. Kept when its channels do not fit the depthwise kernel, when it rounds its output size up or is dilated, and when no
///    convolution lies before and behind it: then it stays in float.
/// </summary>
internal static class PoolConvolution
{
    private const int Channels = 1,
        SpatialAxes = 2;

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node pool in context.Graph.Nodes.Where(node => node.Is("AveragePool")).ToArray())
            changed |= TryReplace(context, pool);
        return changed;
    }

    private static bool TryReplace(LoweringContext context, Node pool)
    {
        if (
            pool.IntsAttribute("kernel_shape") is not { Count: SpatialAxes } kernel
            || context.SizeOf(pool.Inputs[0], Channels) is not { } channels
        )
        {
            return false;
        }

        bool hasPads = pool.IntsAttribute("pads")?.Any(pad => pad != 0) ?? false;
        bool isPlain =
            pool.IntAttribute("ceil_mode", 0) == 0
            && pool.StringAttribute("auto_pad", "NOTSET") == "NOTSET"
            && (pool.IntsAttribute("dilations")?.All(dilation => dilation == 1) ?? true)
            && (!hasPads || pool.IntAttribute("count_include_pad", 0) != 0);
        if (!isPlain || channels % KernelFacts.DepthwiseBlock != 0 || !Paths.LeadToConvolution(context, pool))
            return false;
        long area = kernel[0] * kernel[1];
        float[] values = new float[channels * area];
        Array.Fill(values, 1f / area);
        Tensor weights = Tensor.FromFloats($"{pool.Name}_weights", [channels, 1, kernel[0], kernel[1]], values);
        Node convolution = new("Conv", [pool.Inputs[0], weights.Name], pool.Outputs, pool.Name);
        convolution.Set(NodeAttribute.Of("group", channels));
        foreach (string same in (string[])["kernel_shape", "pads", "strides"])
        {
            if (pool.Attribute(same) is { } attribute)
                convolution.Set(attribute);
        }

        context.Replace([pool], convolution, weights);
        return true;
    }
}
