using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// What the kernel of a convolution covers, as rows of a matrix: values of [N, C, axes...] with channels last, padded, and for each place
/// of the kernel what it meets there, side by side. Times the weights as <see cref="IntegerTensors.AsMatrix"/> gives them it is the
/// convolution, with channels last.
/// </summary>
/// <param name="convolution">Its kernel is longer than 1 along one axis at most.</param>
/// <param name="kernel">Sizes of its axes.</param>
/// <param name="nodes">Takes what is written.</param>
internal sealed class CoveredValues(Graph graph, NameSource names, Node convolution, long[] kernel, List<Node> nodes)
{
    /// <param name="tensor">What the convolution reads.</param>
    /// <param name="zero">The name of what stands for zero in it.</param>
    public string Of(string tensor, string zero)
    {
        string last = Transposed(tensor, [0, .. Enumerable.Range(2, kernel.Length), 1], names.New($"{tensor}_channels_last"));
        return Places(Padded(last, zero));
    }

    /// <summary>Puts the channels of a product in front again.</summary>
    public string ChannelsFirst(string product, string output) =>
        Transposed(product, [0, kernel.Length + 1, .. Enumerable.Range(1, kernel.Length)], output);

    private string Transposed(string tensor, int[] order, string output)
    {
        nodes.Add(
            new Node("Transpose", [tensor], [output], names.New($"{convolution.Name}_Transpose"))
            {
                Attributes = [NodeAttribute.Of("perm", order.Select(axis => (long)axis))],
            }
        );
        return output;
    }

    /// <summary>All pads in front, then all behind, as the operator has them; batch and channels have none.</summary>
    private string Padded(string tensor, string zero)
    {
        if (convolution.IntsAttribute("pads") is not { } pads || pads.All(pad => pad == 0))
            return tensor;
        string output = names.New($"{tensor}_padded"),
            amounts = Constant("pads", [0, .. pads.Take(kernel.Length), 0, 0, .. pads.Skip(kernel.Length), 0]);
        nodes.Add(new Node("Pad", [tensor, amounts, zero], [output], names.New($"{convolution.Name}_Pad")));
        return output;
    }

    private string Places(string tensor)
    {
        int along = Math.Max(0, Array.FindIndex(kernel, size => size > 1));
        long taps = kernel[along],
            step = convolution.IntsAttribute("dilations")?[along] ?? 1;
        long[] strides = [.. convolution.IntsAttribute("strides") ?? kernel.Select(_ => 1L)];
        if (taps == 1 && strides.All(stride => stride == 1))
            return tensor;
        string axes = Constant("axes", [.. Enumerable.Range(1, kernel.Length).Select(axis => (long)axis)]),
            steps = Constant("steps", strides);
        List<string> places = [];
        for (long tap = 0; tap < taps; tap++)
        {
            // The last place meets the end; each before it stops as much earlier as it begins.
            long behind = (taps - 1 - tap) * step;
            string starts = Constant("starts", Along(tap * step, others: 0)),
                ends = Constant("ends", Along(behind > 0 ? -behind : long.MaxValue, others: long.MaxValue));
            places.Add(names.New($"{tensor}_place"));
            nodes.Add(new Node("Slice", [tensor, starts, ends, axes, steps], [places[^1]], names.New($"{convolution.Name}_Slice")));
        }
        if (places.Count == 1)
            return places[0];
        string output = names.New($"{tensor}_covered");
        nodes.Add(
            new Node("Concat", places, [output], names.New($"{convolution.Name}_Concat")) { Attributes = [NodeAttribute.Of("axis", -1)] }
        );
        return output;

        long[] Along(long value, long others) => [.. kernel.Select((_, axis) => axis == along ? value : others)];
    }

    private string Constant(string what, long[] values)
    {
        Tensor constant = Tensor.FromInt64s(names.New($"{convolution.Name}_{what}"), [values.Length], values);
        graph.Initializers.Add(constant);
        return constant.Name;
    }
}
