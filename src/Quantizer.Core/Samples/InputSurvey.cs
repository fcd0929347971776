using System.Runtime.InteropServices;
using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>What one input of the samples looks like.</summary>
internal sealed class InputSurvey
{
    /// <summary>Rows looked at for the order of their values.</summary>
    private const int MostRows = 64;

    private const int ColourChannels = 3;

    /// <summary>Neighbours in a row of one colour differ less than every third value of it; where they differ by so much more, the row
    /// holds the three colours in turn. Half-way to what grey pictures show.</summary>
    private const double InterleavedRatio = 0.6;

    private readonly Dictionary<double, TailSurvey> _tails = [];

    public int Samples { get; private set; }

    /// <summary>Positions, along the second axis of [1, positions, ...].</summary>
    public long Positions { get; private set; }

    /// <summary>Samples [1, 3, rows, columns] whose rows hold the colours in turn, as [rows, columns, 3] would.</summary>
    public int Interleaved { get; private set; }

    /// <summary>Samples whose padding is switched off by a mask.</summary>
    public int Masked { get; private set; }

    /// <summary>By the value that samples end on: how many positions at their ends hold nothing else.</summary>
    public IReadOnlyDictionary<double, TailSurvey> Tails => _tails;

    public void Add(TensorValue value, bool isMasked)
    {
        Samples++;
        if (isMasked)
            Masked++;
        if (value.Type == ElementType.Float)
        {
            AddTail(value, value.Floats);
            if (value.Shape is [1, ColourChannels, >= 8, >= 8] && IsInterleaved(value))
                Interleaved++;
        }
        else if (value.Type == ElementType.Int64)
        {
            AddTail(value, MemoryMarshal.Cast<byte, long>(value.Data.Span));
        }
        else if (value.Type == ElementType.Int32)
        {
            AddTail(value, MemoryMarshal.Cast<byte, int>(value.Data.Span));
        }
    }

    public void Merge(InputSurvey other)
    {
        Samples += other.Samples;
        Positions += other.Positions;
        Interleaved += other.Interleaved;
        Masked += other.Masked;
        foreach ((double last, TailSurvey tail) in other._tails)
            _tails[last] = _tails.GetValueOrDefault(last) + tail;
    }

    private void AddTail<T>(TensorValue value, ReadOnlySpan<T> values)
        where T : struct, System.Numerics.INumber<T>
    {
        if (value.Shape is not [1, > 1, ..] || values.IsEmpty)
            return;
        int positions = (int)value.Shape[1];
        T last = values[^1];
        int before = values.LastIndexOfAnyExcept(last) + 1,
            each = values.Length / positions,
            tail = positions - ((before + each - 1) / each);
        Positions += positions;
        double key = double.CreateSaturating(last);
        // NaN is no key, and no padding; a sample of one value, such as a mask of ones, has no end that differs from the rest.
        if (!double.IsNaN(key) && before > 0)
            _tails[key] = _tails.GetValueOrDefault(key) + new TailSurvey(1, tail);
    }

    private static bool IsInterleaved(TensorValue value)
    {
        (int rows, int columns) = ((int)value.Shape[2], (int)value.Shape[3]);
        int step = Math.Max(1, rows / MostRows);
        double neighbours = 0,
            thirds = 0;
        for (int row = 0; row < rows; row += step)
        {
            ReadOnlySpan<float> line = value.Floats.Slice(row * columns, columns);
            for (int i = 0; i + ColourChannels < columns; i++)
            {
                neighbours += Math.Abs(line[i + 1] - line[i]);
                thirds += Math.Abs(line[i + ColourChannels] - line[i]);
            }
        }
        return thirds < neighbours * InterleavedRatio;
    }
}
