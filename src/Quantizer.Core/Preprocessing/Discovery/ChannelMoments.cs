using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Sums per channel of tensors [samples, channels, ...], for their mean and variance.</summary>
internal sealed class ChannelMoments(int channels)
{
    private readonly double[] _sums = new double[channels];
    private readonly double[] _squares = new double[channels];
    private long _count;

    /// <exception cref="QuantizationException">The tensor has another number of channels, or no float values.</exception>
    public void Add(TensorValue value) => Add(value.Type, value.Shape, MemoryMarshal.Cast<byte, float>(value.Data.Span));

    /// <summary>The same of values that lie elsewhere.</summary>
    /// <exception cref="QuantizationException">As above.</exception>
    public void Add(ElementType type, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        if (type != ElementType.Float || shape.Count < 2 || shape[1] != channels)
        {
            throw new QuantizationException(
                $"The input of a BatchNormalization of the model is {type} [{string.Join(", ", shape)}]; expected Float "
                    + $"with {channels} channels."
            );
        }

        int samples = (int)shape[0];
        int length = values.Length / Math.Max(samples * channels, 1);
        for (int i = 0; i < samples * channels; i++)
        {
            (double sum, double squares) = (0, 0);
            foreach (float item in values.Slice(i * length, length))
            {
                sum += item;
                squares += (double)item * item;
            }
            _sums[i % channels] += sum;
            _squares[i % channels] += squares;
        }
        _count += (long)samples * length;
    }

    /// <summary>Adds what another has seen. The order of merging decides the last bits: callers keep it fixed.</summary>
    public void Add(ChannelMoments other)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            _sums[channel] += other._sums[channel];
            _squares[channel] += other._squares[channel];
        }
        _count += other._count;
    }

    public double MeanOf(int channel) => _sums[channel] / _count;

    /// <summary>Of the values seen (divided by their number, as BatchNormalization does).</summary>
    public double VarianceOf(int channel) => Math.Max(0, _squares[channel] / _count - MeanOf(channel) * MeanOf(channel));
}
