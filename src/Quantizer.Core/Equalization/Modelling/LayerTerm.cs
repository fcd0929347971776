using System.Numerics.Tensors;

namespace Quantizer.Equalization.Modelling;

/// <summary>The error that rounding weights makes: the square of each row's step, times the energy of what it multiplies.</summary>
/// <param name="Variables">By input channel.</param>
/// <param name="Largest">Largest magnitude by output and input channel, in rows of some of the output channels.</param>
/// <param name="Power">By input channel its energy, relative to that of the layer's output, for a step of one, times the outputs that a row
/// stands for.</param>
internal sealed record LayerTerm(string Node, int[] Variables, float[] Largest, double[] Power)
{
    /// <summary>Adds to the gradient and gives the value.</summary>
    /// <inheritdoc cref="TensorTerm.Value"/>
    public double Value(ReadOnlySpan<double> scales, Span<double> gradient)
    {
        int inputs = Variables.Length;
        float[] inverse = new float[inputs],
            row = new float[inputs];
        double power = 0;
        for (int input = 0; input < inputs; input++)
        {
            double scale = scales[Variables[input]];
            inverse[input] = (float)(1 / scale);
            power += Power[input] * scale * scale;
        }
        double steps = 0;
        for (int start = 0; start < Largest.Length; start += inputs)
        {
            TensorPrimitives.Multiply(Largest.AsSpan(start, inputs), inverse, row);
            int largest = TensorPrimitives.IndexOfMax<float>(row);
            double step = (double)row[largest] * row[largest];
            steps += step;
            if (!gradient.IsEmpty)
                gradient[Variables[largest]] -= 2 * step * power;
        }
        if (!gradient.IsEmpty)
        {
            for (int input = 0; input < inputs; input++)
            {
                double scale = scales[Variables[input]];
                gradient[Variables[input]] += 2 * steps * Power[input] * scale * scale;
            }
        }
        return steps * power;
    }
}
