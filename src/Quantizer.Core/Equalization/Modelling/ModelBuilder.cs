using Quantizer.Equalization.Channels;
using Quantizer.Ranges.Planning;
using Quantizer.Schemes;

namespace Quantizer.Equalization.Modelling;

/// <summary>Puts what was seen of channels and weights into a model of the error.</summary>
/// <param name="ranges">The range that a tensor has without scales; null: that of its values.</param>
/// <param name="margin">How far beyond what it saw of a channel calibration is trusted.</param>
internal sealed class ModelBuilder(
    QuantizedReads reads,
    ChannelVariables variables,
    IReadOnlyDictionary<string, ChannelMoments> moments,
    Func<string, ActivationPlan?> ranges,
    float margin
)
{
    /// <summary>Variance of rounding to whole steps.</summary>
    private const double Rounding = 1.0 / 12;

    private const double WeightSteps = 127;

    public ErrorModel Build()
    {
        List<TensorTerm> tensors = [];
        List<LayerTerm> layers = [];
        foreach ((string tensor, ChannelLayout layout) in reads.Layouts)
        {
            if (!moments.TryGetValue(tensor, out ChannelMoments? seen) || !seen.AreFinite)
                continue;
            int[] roots = [.. layout.Variables.Select(variables.Root)];
            double[] squares = seen.MeanSquares;
            tensors.Add(TermOf(tensor, roots, seen, squares));
            foreach (LayerWeights layer in reads.LayersOf(tensor).Where(layer => layer.Largest.Length > 0))
            {
                double energy = EnergyOf(layer, squares);
                if (energy > 0)
                    layers.Add(TermOf(layer, roots, squares, energy));
            }
        }
        return ErrorModel.Of(variables.Count, tensors, layers);
    }

    private TensorTerm TermOf(string tensor, int[] roots, ChannelMoments seen, double[] squares)
    {
        int channels = roots.Length;
        ValueRange range = RangeOf(tensor, seen);
        float[] low = new float[channels],
            high = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            low[channel] = MathF.Max(MathF.Min(seen.Min[channel], 0f) * margin, range.Min);
            high[channel] = MathF.Min(MathF.Max(seen.Max[channel], 0f) * margin, range.Max);
        }
        double[] noise = new double[channels];
        IReadOnlyList<LayerWeights> layers = reads.LayersOf(tensor);
        foreach (LayerWeights layer in layers)
        {
            double energy = EnergyOf(layer, squares);
            if (energy <= 0)
                continue;
            // A tensor with one scale for all channels has one entry for all of them.
            for (int input = 0; input < layer.Inputs; input++)
                noise[channels == 1 ? 0 : input] += Rounding * layer.Squares[input] / energy;
        }
        double own = squares.Sum();
        if (layers.Count == 0 && own > 0)
            Array.Fill(noise, Rounding / own);
        return new TensorTerm(tensor, roots, low, high, noise);
    }

    private static LayerTerm TermOf(LayerWeights layer, int[] roots, double[] squares, double energy)
    {
        int[] inputs = roots.Length == layer.Inputs ? roots : [.. Enumerable.Repeat(roots[0], layer.Inputs)];
        double[] power =
        [
            .. Enumerable
                .Range(0, layer.Inputs)
                .Select(input =>
                    Rounding
                    * layer.Kernel
                    * layer.OutputsPerRow
                    * squares[squares.Length == 1 ? 0 : input]
                    / energy
                    / (WeightSteps * WeightSteps)
                ),
        ];
        return new LayerTerm(layer.Node.Name, inputs, layer.Largest, power);
    }

    /// <summary>Of the layer's output, as if its products were independent.</summary>
    private static double EnergyOf(LayerWeights layer, double[] squares)
    {
        double energy = 0;
        for (int input = 0; input < layer.Inputs; input++)
            energy += layer.Squares[input] * squares[squares.Length == 1 ? 0 : input];
        return energy;
    }

    private ValueRange RangeOf(string tensor, ChannelMoments seen)
    {
        if (reads.SourceOf(tensor) is not { } source || ranges(source) is not { } activation)
            return new ValueRange(MathF.Min(seen.Min.ToArray().Min(), 0f), MathF.Max(seen.Max.ToArray().Max(), 0f));
        QuantizationParameters parameters = activation.Parameters;
        return new ValueRange(
            parameters.Scale * (parameters.Scheme.QuantizedMin - parameters.ZeroPoint),
            parameters.Scale * (parameters.Scheme.QuantizedMax - parameters.ZeroPoint)
        );
    }
}
