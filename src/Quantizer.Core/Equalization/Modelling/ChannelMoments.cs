using System.Numerics.Tensors;

namespace Quantizer.Equalization.Modelling;

/// <summary>Extremes and mean squares of a tensor's channels. Not thread-safe.</summary>
/// <param name="channels">Channels along the axis; one where scales are the same everywhere.</param>
internal sealed class ChannelMoments(int channels)
{
    private readonly float[] _min = [.. Enumerable.Repeat(float.PositiveInfinity, channels)];
    private readonly float[] _max = [.. Enumerable.Repeat(float.NegativeInfinity, channels)];
    private readonly double[] _squares = new double[channels];
    private long _values;

    public ReadOnlySpan<float> Min => _min;

    public ReadOnlySpan<float> Max => _max;

    /// <summary>Mean of squares by channel.</summary>
    public double[] MeanSquares => [.. _squares.Select(sum => _values == 0 ? 0 : sum / _values)];

    public bool AreFinite => _values > 0 && _min.All(float.IsFinite) && _max.All(float.IsFinite) && _squares.All(double.IsFinite);

    /// <summary>Adds the values of one sample.</summary>
    /// <param name="inner">Neighbouring values of one channel.</param>
    public void Add(ReadOnlySpan<float> values, int inner)
    {
        int channels = _min.Length;
        int outer = values.Length / (channels * inner);
        if (outer == 0)
            return;
        _values += (long)outer * inner;
        if (inner == 1 && channels > 1)
        {
            AddRows(values, outer);
            return;
        }
        for (int block = 0; block < outer * channels; block++)
        {
            ReadOnlySpan<float> part = values.Slice(block * inner, inner);
            int channel = block % channels;
            _min[channel] = MathF.Min(_min[channel], TensorPrimitives.Min(part));
            _max[channel] = MathF.Max(_max[channel], TensorPrimitives.Max(part));
            _squares[channel] += TensorPrimitives.SumOfSquares(part);
        }
    }

    /// <summary>Adds another part's.</summary>
    public void Merge(ChannelMoments other)
    {
        TensorPrimitives.Min<float>(_min, other._min, _min);
        TensorPrimitives.Max<float>(_max, other._max, _max);
        TensorPrimitives.Add<double>(_squares, other._squares, _squares);
        _values += other._values;
    }

    /// <summary>Channels lie beside each other.</summary>
    private void AddRows(ReadOnlySpan<float> values, int rows)
    {
        int channels = _min.Length;
        float[] squares = new float[channels];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> part = values.Slice(row * channels, channels);
            TensorPrimitives.Min(_min, part, _min);
            TensorPrimitives.Max(_max, part, _max);
            TensorPrimitives.MultiplyAdd(part, part, squares, squares);
        }
        for (int channel = 0; channel < channels; channel++)
            _squares[channel] += squares[channel];
    }
}
