using Quantizer.Equalization.Channels;

namespace Quantizer.Equalization.Modelling;

/// <summary>
/// What rounding costs, as a function of the scales: for each layer the energy of its output's error over that of its output, summed
/// over the layers. It needs no gradients of the network.
/// </summary>
/// <param name="Variables">Their number; the first is locked.</param>
/// <param name="Rest">What no scale changes.</param>
internal sealed record ErrorModel(int Variables, IReadOnlyList<TensorTerm> Tensors, IReadOnlyList<LayerTerm> Layers, double Rest)
{
    public static ErrorModel Of(int variables, IReadOnlyList<TensorTerm> tensors, IReadOnlyList<LayerTerm> layers)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, variables)];
        TensorTerm[] free = [.. tensors.Where(tensor => IsFree(tensor.Variables))];
        LayerTerm[] freeLayers = [.. layers.Where(layer => IsFree(layer.Variables))];
        return new ErrorModel(
            variables,
            free,
            freeLayers,
            tensors.Except(free).Sum(tensor => tensor.Value(ones, [])) + layers.Except(freeLayers).Sum(layer => layer.Value(ones, []))
        );

        static bool IsFree(int[] variables) => Array.Exists(variables, variable => variable != ChannelVariables.Locked);
    }

    /// <param name="logarithms">Natural ones, by variable.</param>
    /// <param name="gradient">Gets the derivatives; empty: they are not wanted.</param>
    public double Value(IReadOnlyList<double> logarithms, Span<double> gradient)
    {
        double[] scales = [.. logarithms.Select(Math.Exp)];
        gradient.Clear();
        double value = Rest;
        foreach (TensorTerm tensor in Tensors)
            value += tensor.Value(scales, gradient);
        foreach (LayerTerm layer in Layers)
            value += layer.Value(scales, gradient);
        return value;
    }

    /// <summary>What scales gain, in decibels.</summary>
    public double GainDb(IReadOnlyList<double> logarithms)
    {
        double now = Value(new double[Variables], []),
            then = Value(logarithms, []);
        return now > 0 && then > 0 ? 10 * Math.Log10(now / then) : 0;
    }
}
