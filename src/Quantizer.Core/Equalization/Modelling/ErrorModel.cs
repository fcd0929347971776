namespace Quantizer.Equalization.Modelling;

/// <summary>
/// What rounding costs, as a function of the scales: for each layer the energy of its output's error over that of its output, summed
/// over the layers. It needs no gradients of the network.
/// </summary>
/// <param name="Variables">Their number; the first is locked.</param>
internal sealed record ErrorModel(int Variables, IReadOnlyList<TensorTerm> Tensors, IReadOnlyList<LayerTerm> Layers)
{
    /// <param name="logarithms">Natural ones, by variable.</param>
    /// <param name="gradient">Gets the derivatives; empty: they are not wanted.</param>
    public double Value(IReadOnlyList<double> logarithms, Span<double> gradient)
    {
        double[] scales = [.. logarithms.Select(Math.Exp)];
        gradient.Clear();
        double value = 0;
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
