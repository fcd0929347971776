using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Flows;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Writing;

/// <summary>Writes scales into the constants that take them up.</summary>
internal static class ScaledModel
{
    /// <summary>A model that computes the same, but for the rounding of floats.</summary>
    /// <param name="model">The model that the channels were followed through.</param>
    /// <returns>Null where a constant would not stay finite.</returns>
    public static OnnxModel? Of(OnnxModel model, ChannelFlow flow, ChannelScales scales)
    {
        OnnxModel scaled = ModelCopy.Of(model);
        Graph graph = scaled.Graph;
        Dictionary<Node, int> places = model.Graph.Nodes.Index().ToDictionary(node => node.Item, node => node.Index);
        Dictionary<string, int> constants = graph.Initializers.Index().ToDictionary(tensor => tensor.Item.Name, tensor => tensor.Index);
        Dictionary<string, int> reads = model
            .Graph.Nodes.SelectMany(GraphIndex.ReadBy)
            .GroupBy(name => name)
            .ToDictionary(group => group.Key, group => group.Count());
        HashSet<string> names = [.. constants.Keys, .. model.Graph.Nodes.SelectMany(node => node.Outputs)];
        ILookup<string, Absorption> readers = flow.Absorptions.ToLookup(absorption => absorption.Node.Inputs[absorption.Input]);
        foreach (IGrouping<string, Absorption> sharing in readers)
        {
            Tensor constant = model.Graph.Initializers[constants[sharing.Key]];
            List<Tensor> written = [];
            int left = reads[constant.Name];
            foreach (Absorption absorption in sharing)
            {
                Node node = graph.Nodes[places[absorption.Node]];
                if (Factors(absorption, scales) is not { } factors)
                    continue;
                float[] values = Scaled(constant, absorption.Shape, factors);
                if (!Array.TrueForAll(values, float.IsFinite))
                    return null;
                // Readers with the same scales go on sharing.
                Tensor? same = written.Find(other => IsSame(other, absorption.Shape, values));
                if (same is null)
                {
                    bool isShared = reads[constant.Name] > 1;
                    string name = isShared ? Unused(names, $"{constant.Name}/scaled/{node.Name}") : constant.Name;
                    same = Tensor.FromFloats(name, absorption.Shape, values);
                    written.Add(same);
                }
                node.Inputs[absorption.Input] = same.Name;
                left--;
            }
            if (written.Count == 0)
                continue;
            bool isReplaced = left == 0;
            if (isReplaced)
                graph.Initializers[constants[constant.Name]] = written[0];
            graph.Initializers.AddRange(written.Skip(isReplaced ? 1 : 0));
        }
        return scaled;
    }

    private static bool IsSame(Tensor written, IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        written.Dimensions.SequenceEqual(shape) && written.Values<float>().SequenceEqual(values);

    private static string Unused(HashSet<string> names, string wish)
    {
        while (!names.Add(wish))
            wish += "_";
        return wish;
    }

    /// <summary>What each value of the constant is multiplied by; null where that is one for all.</summary>
    private static double[]? Factors(Absorption absorption, ChannelScales scales)
    {
        if (!Differ(absorption.Times) && !Differ(absorption.By))
            return null;
        long count = absorption.Shape.Aggregate(1L, (product, size) => product * size);
        double[] factors = new double[count];
        Array.Fill(factors, 1);
        if (absorption.Times is { } times)
        {
            int[] variables = times.Spread(absorption.Shape);
            for (int i = 0; i < factors.Length; i++)
                factors[i] = scales[variables[i]];
        }
        if (absorption.By is { } by)
        {
            int[] variables = by.Spread(absorption.Shape);
            for (int i = 0; i < factors.Length; i++)
                factors[i] /= scales[variables[i]];
        }
        return factors;

        bool Differ(ChannelLayout? layout) => layout is not null && layout.Variables.Any(variable => scales[variable] != 1);
    }

    /// <summary>The constant's values, broadcast to a shape, times the factors.</summary>
    private static float[] Scaled(Tensor constant, IReadOnlyList<long> shape, double[] factors)
    {
        ReadOnlySpan<float> values = constant.Values<float>();
        float[] scaled = new float[factors.Length];
        if (values.Length == scaled.Length)
        {
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] = (float)(values[i] * factors[i]);
            return scaled;
        }
        long[] own = [.. Enumerable.Repeat(1L, shape.Count - constant.Dimensions.Count), .. constant.Dimensions];
        // Positions are laid out as scales are: an index of the constant is a variable that repeats.
        int[] places = [.. Enumerable.Range(0, values.Length)];
        int[] spread = ChannelLayout.Of(own, places).Spread(shape);
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (float)(values[spread[i]] * factors[i]);
        return scaled;
    }
}
