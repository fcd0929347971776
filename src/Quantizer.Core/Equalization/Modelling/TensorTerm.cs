namespace Quantizer.Equalization.Modelling;

/// <summary>The error that rounding one activation makes: the square of its step, times what its readers make of it.</summary>
/// <param name="Variables">By channel.</param>
/// <param name="Low">Smallest value by channel, inside of the tensor's range.</param>
/// <param name="High">Largest value by channel.</param>
/// <param name="Noise">By channel the error at the readers' outputs, relative to their energy, for a step of one.</param>
internal sealed record TensorTerm(string Tensor, int[] Variables, float[] Low, float[] High, double[] Noise)
{
    private const double Steps = 255;

    /// <summary>Adds to the gradient and gives the value.</summary>
    /// <param name="scales">By variable.</param>
    /// <param name="gradient">By the logarithm of each variable; empty: none is wanted.</param>
    public double Value(ReadOnlySpan<double> scales, Span<double> gradient)
    {
        double top = 0,
            bottom = 0,
            noise = 0;
        int highest = -1,
            lowest = -1;
        for (int channel = 0; channel < Variables.Length; channel++)
        {
            double scale = scales[Variables[channel]];
            noise += Noise[channel] / (scale * scale);
            if (High[channel] * scale > top)
                (top, highest) = (High[channel] * scale, channel);
            if (Low[channel] * scale < bottom)
                (bottom, lowest) = (Low[channel] * scale, channel);
        }
        double step = (top - bottom) / Steps;
        if (gradient.IsEmpty)
            return step * step * noise;
        for (int channel = 0; channel < Variables.Length; channel++)
        {
            double scale = scales[Variables[channel]];
            gradient[Variables[channel]] -= 2 * step * step * Noise[channel] / (scale * scale);
        }
        if (highest >= 0)
            gradient[Variables[highest]] += 2 * step / Steps * top * noise;
        if (lowest >= 0)
            gradient[Variables[lowest]] -= 2 * step / Steps * bottom * noise;
        return step * step * noise;
    }

    /// <summary>By channel the largest magnitude over that of the tensor.</summary>
    public double[] Shares()
    {
        double[] magnitudes = [.. High.Zip(Low, (high, low) => (double)MathF.Max(MathF.Abs(high), MathF.Abs(low)))];
        double largest = magnitudes.Max();
        return [.. magnitudes.Select(magnitude => largest == 0 ? 1 : magnitude / largest)];
    }
}
