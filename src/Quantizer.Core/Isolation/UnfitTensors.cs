using Quantizer.Calibration;
using Quantizer.Calibration.Statistics;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Isolation;

/// <summary>
/// Finds what calibration has shown that 8 bits cannot hold: tensors with NaN or infinities, masks of huge values beside which
/// everything else would become one, and biases that int32 cannot hold beside their products.
/// </summary>
/// <param name="perChannel">One scale per output channel: then a huge bias spoils its own channel only, which it drowns anyhow.</param>
internal sealed class UnfitTensors(PlacedModel placed, CalibrationStatistics statistics, bool perChannel)
{
    /// <summary>Below this a wide range is a matter of clipping, which the choice of ranges is for.</summary>
    private const float Huge = 1000f;

    private const int Steps = 255;

    /// <summary>Where more than this share of the values, zeros and the mask's own left aside, would be rounded to zero, nothing is
    /// left.</summary>
    private const double MostVanishing = 0.5;

    /// <summary>In units of the largest product of a weight and an activation; half the range of int32 over 255 * 127 products'
    /// units.</summary>
    private const double LargestBias = (1 << 30) / (255.0 * 127.0);

    /// <summary>What calibration has shown; empty where nothing was observed.</summary>
    public static IReadOnlyDictionary<string, string> In(CalibratedModel calibrated, bool perChannel) =>
        calibrated.Run is null
            ? new Dictionary<string, string>()
            : new UnfitTensors(calibrated.Placed, calibrated.Statistics, perChannel).Nodes();

    /// <returns>The integer nodes around each, with the reason to leave them in float.</returns>
    public IReadOnlyDictionary<string, string> Nodes()
    {
        GraphIndex index = new(placed.Lowered.Graph);
        HashSet<string> integers = [.. placed.Sites.Nodes.Where(node => node.Form == NodeForm.Static).Select(node => node.Node)];
        Dictionary<string, string> reasons = [];
        foreach (ActivationSite site in placed.Sites.Activations)
        {
            if (FaultOf(site.Source) is not { } fault)
                continue;
            IEnumerable<Node> around = index.ProducerOf(site.Tensor) is { } maker
                ? index.ReadersOf(site.Tensor).Prepend(maker)
                : index.ReadersOf(site.Tensor);
            foreach (Node node in around.Where(node => integers.Contains(node.Name)))
                reasons.TryAdd(node.Name, fault);
        }
        foreach (WeightSite site in placed.Sites.Weights)
        {
            if (FaultOfBias(site, index) is { } fault)
                reasons.TryAdd(site.Node, fault);
        }

        foreach (ConstantSite site in placed.Sites.Constants)
        {
            if (FaultOfConstant(site, index) is { } fault)
                reasons.TryAdd(site.Node, fault);
        }

        return reasons;
    }

    private string? FaultOf(string tensor)
    {
        if (!statistics.Tensors.TryGetValue(tensor, out TensorStatistics? values))
            return null;
        if (values.NonFinite > 0)
            return $"tensor '{tensor}' holds NaN or infinity for some samples, which no integer stands for";
        float largest = MathF.Max(MathF.Abs(values.Min), MathF.Abs(values.Max));
        if (largest > UnsoundConstants.Largest)
            return $"tensor '{tensor}' reaches {largest:g3}, too far for a scale";
        return largest >= Huge && IsMask(values, largest)
            ? $"tensor '{tensor}' reaches {largest:g3}, beside which most of its values would become zero in 8 bits"
            : null;
    }

    private static bool IsMask(TensorStatistics values, float largest)
    {
        double vanishing = ((double)MathF.Max(values.Max, 0f) - MathF.Min(values.Min, 0f)) / Steps / 2;
        long small = 0,
            others = 0;
        foreach ((int bin, long count) in values.Histogram.NonEmptyBins())
        {
            double magnitude = FloatBins.OuterMagnitude(bin);
            if (magnitude < largest / 2)
                others += count;
            if (magnitude < vanishing)
                small += count;
        }
        return small > others * MostVanishing;
    }

    private string? FaultOfBias(WeightSite site, GraphIndex index)
    {
        if (
            perChannel
            // One that the product adds in float needs no scale.
            || site.Bias is not { Tensor: { } bias, IsInProduct: false }
            || index.ConstantOf(bias) is not { } values
            || index.ConstantOf(site.Tensor) is not { } weights
        )
        {
            return null;
        }

        string source = placed.Sites.Activations.First(activation => activation.Tensor == site.Activation).Source;
        if (!statistics.Tensors.TryGetValue(source, out TensorStatistics? input))
            return null;
        double product = Largest(weights) * Math.Max(Math.Abs((double)input.Min), Math.Abs((double)input.Max)),
            largest = Largest(values);
        return largest > LargestBias * product
            ? $"its bias '{bias}' reaches {largest:g3}, which would take all precision from weights that share one scale"
            : null;
    }

    /// <summary>
    /// A sum of integers is computed in steps of its result; a constant of very many such steps leaves no precision for the other
    /// operand, even where a clamp behind takes the huge values away again.
    /// </summary>
    private string? FaultOfConstant(ConstantSite site, GraphIndex index)
    {
        if (
            index.ConstantOf(site.Tensor) is not { } constant
            || index.ReadersOf(site.Tensor).FirstOrDefault(reader => reader.Name == site.Node) is not { } node
            || !node.Is("Add")
        )
        {
            return null;
        }

        HashSet<string> results = [node.Outputs[0], .. index.ReadersOf(node.Outputs[0]).SelectMany(reader => reader.Outputs)];
        double result = placed
            .Sites.Activations.Where(activation => results.Contains(activation.Tensor) && statistics.Tensors.ContainsKey(activation.Source))
            .Select(activation => statistics.Tensors[activation.Source])
            .Select(values => Math.Max(Math.Abs((double)values.Min), Math.Abs((double)values.Max)))
            .DefaultIfEmpty(0)
            .Max();
        double largest = Largest(constant);
        return result > 0 && largest > result * Huge
            ? $"its constant '{site.Tensor}' reaches {largest:g3}, beside which its results vanish"
            : null;
    }

    private static double Largest(Tensor tensor) => tensor.Values<float>().ToArray().Max(value => Math.Abs((double)value));
}
