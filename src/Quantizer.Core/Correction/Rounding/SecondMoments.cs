using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quantizer.Samples;

namespace Quantizer.Correction.Rounding;

/// <summary>
/// The mean products of what the weights of an output channel are multiplied with, around their means or around zero. Each is added up in
/// the order of the places: any number of workers gives the same, on any processor.
/// </summary>
internal sealed class SecondMoments
{
    /// <summary>Places whose products floats add up, before doubles take over; so many rows stay in the processor's cache.</summary>
    private const int PlacesAtOnce = 128;

    /// <summary>What the registers hold: so many rows of the result by two vectors.</summary>
    private const int BlockRows = 4,
        BlockColumns = 16;

    /// <summary>The later rows of a triangle are longer: smaller parts even out.</summary>
    private const int JobsPerWorker = 3;

    /// <summary>Of the rows that are in memory together, where a sample has not more.</summary>
    private const int RowBytes = 2 << 20;

    private readonly InputRows _inputs;
    private readonly int _size;
    private readonly SampleWorkers _workers;
    private readonly double[][][] _moments;
    private readonly double[] _sums;
    private readonly (int Group, int Start, int From, int To)[] _jobs;
    private readonly float[][] _packed;

    private SecondMoments(InputRows inputs, int firstGroup, int groups, int size, SampleWorkers workers)
    {
        (_inputs, _size, _workers) = (inputs, size, workers);
        _moments = [.. Enumerable.Range(0, groups).Select(_ => Enumerable.Range(1, size).Select(length => new double[length]).ToArray())];
        _sums = new double[inputs.Width];
        int[] bounds = Bounds(size, groups > 1 || workers.Threads == 1 ? 1 : workers.Threads * JobsPerWorker);
        _jobs =
        [
            .. Enumerable
                .Range(0, groups)
                .SelectMany(group =>
                    bounds.Zip(bounds.Skip(1)).Select(part => (group, (firstGroup + group) * size, part.First, part.Second))
                ),
        ];
        _packed = [.. Enumerable.Range(0, workers.Threads).Select(_ => new float[PlacesAtOnce * Stride(size)])];
    }

    /// <param name="firstGroup">Of the input's channels.</param>
    /// <param name="size">Weights of an output channel.</param>
    /// <param name="aroundMeans">Else around zero.</param>
    /// <returns>For each group the lower triangle: in row i the values 0 to i.</returns>
    public static double[][][] Of(InputRows inputs, int firstGroup, int groups, int size, bool aroundMeans, SampleWorkers workers)
    {
        SecondMoments moments = new(inputs, firstGroup, groups, size, workers);
        moments.AddSamples();
        moments.Centre(firstGroup, aroundMeans);
        return moments._moments;
    }

    private static int Stride(int columns) => (columns + BlockColumns - 1) / BlockColumns * BlockColumns;

    /// <summary>Rows of parts of the triangle that are much the same work.</summary>
    private static int[] Bounds(int size, int parts) =>
        [
            .. Enumerable
                .Range(0, parts + 1)
                .Select(part => Math.Min(size, (int)Math.Ceiling(size * Math.Sqrt((double)part / parts) / BlockRows) * BlockRows))
                .Distinct(),
        ];

    /// <summary>Some samples after the other: their rows are not all in memory together.</summary>
    private void AddSamples()
    {
        int width = _inputs.Width,
            samples = _inputs.PlacesOf.Count,
            left = 0;
        float[] rows = [];
        for (int first = 0, next; first < samples; first = next)
        {
            List<int> starts = [left];
            next = first;
            do starts.Add(starts[^1] + _inputs.PlacesOf[next++]);
            while (next < samples && (starts[^1] + _inputs.PlacesOf[next]) * (long)width <= RowBytes / sizeof(float));
            int places = starts[^1];
            if (rows.Length < places * width)
                Array.Resize(ref rows, places * width);
            Gather(rows, first, starts);
            int taken = next == samples ? places : places / PlacesAtOnce * PlacesAtOnce;
            _workers.Run(_jobs.Length, (worker, job) => Sum(rows.AsSpan(0, taken * width), _jobs[job], _packed[worker]));
            left = places - taken;
            rows.AsSpan(taken * width, left * width).CopyTo(rows);
        }
    }

    /// <param name="first">Sample.</param>
    /// <param name="starts">Places where the rows of each sample begin, and where those of the last end.</param>
    private void Gather(float[] rows, int first, List<int> starts)
    {
        int width = _inputs.Width;
        float[][] sums = _workers.Map(
            starts.Count - 1,
            i =>
            {
                Span<float> ofSample = rows.AsSpan(starts[i] * width, (starts[i + 1] - starts[i]) * width);
                _inputs.Gather(first + i, ofSample);
                float[] sum = new float[width];
                for (int at = 0; at < ofSample.Length; at += width)
                    TensorPrimitives.Add(sum, ofSample.Slice(at, width), sum);
                return sum;
            }
        );
        foreach (float[] sum in sums)
        {
            for (int i = 0; i < width; i++)
                _sums[i] += sum[i];
        }
    }

    /// <summary>Makes sums of products means, around the means or around zero.</summary>
    private void Centre(int firstGroup, bool aroundMeans)
    {
        int places = _inputs.PlacesOf.Sum();
        double share = 1.0 / places;
        double[] means = aroundMeans ? [.. _sums.Select(sum => sum / places)] : new double[_sums.Length];
        for (int group = 0; group < _moments.Length; group++)
        {
            int start = (firstGroup + group) * _size;
            for (int i = 0; i < _size; i++)
            {
                for (int j = 0; j <= i; j++)
                    _moments[group][i][j] = _moments[group][i][j] * share - means[start + i] * means[start + j];
            }
        }
    }

    /// <summary>Adds up rows of a triangle over some places.</summary>
    private void Sum(ReadOnlySpan<float> rows, (int Group, int Start, int From, int To) job, float[] packed)
    {
        int filled = 0;
        for (int at = job.Start; at < rows.Length; at += _inputs.Width)
        {
            Pack(rows.Slice(at, job.To), packed, filled);
            if (++filled == PlacesAtOnce)
                Add(packed, ref filled, job.From, job.To, _moments[job.Group]);
        }
        Add(packed, ref filled, job.From, job.To, _moments[job.Group]);
    }

    /// <summary>Some columns of all places lie together: what is multiplied with each other stays in the nearest cache.</summary>
    private static void Pack(ReadOnlySpan<float> row, float[] packed, int place)
    {
        for (int column = 0; column < row.Length; column += BlockColumns)
        {
            row.Slice(column, Math.Min(BlockColumns, row.Length - column))
                .CopyTo(packed.AsSpan(column * PlacesAtOnce + place * BlockColumns));
        }
    }

    private static void Add(float[] packed, ref int places, int from, int to, double[][] moments)
    {
        Span<float> sums = stackalloc float[BlockRows * BlockColumns];
        for (int j = 0; j < to; j += BlockColumns)
        {
            for (int i = Math.Max(from, j); i < to; i += BlockRows)
            {
                int rows = Math.Min(BlockRows, to - i);
                Multiply(ref At(packed, i), ref At(packed, j), places, sums);
                for (int row = 0; row < rows; row++)
                {
                    Span<double> into = moments[i + row].AsSpan(j, Math.Clamp(i + row + 1 - j, 0, BlockColumns));
                    AddTo(into, sums.Slice(row * BlockColumns, BlockColumns));
                }
            }
        }
        places = 0;
    }

    /// <summary>The first place's value of a column.</summary>
    private static ref float At(float[] packed, int column) =>
        ref packed[column / BlockColumns * BlockColumns * PlacesAtOnce + column % BlockColumns];

    /// <summary>Adds as many sums as there is room for.</summary>
    private static void AddTo(Span<double> into, ReadOnlySpan<float> sums)
    {
        int column = 0;
        for (; column <= into.Length - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(sums[column..]));
            (low + Vector256.Create<double>(into[column..])).CopyTo(into[column..]);
            (high + Vector256.Create<double>(into[(column + 4)..])).CopyTo(into[(column + 4)..]);
        }
        for (; column < into.Length; column++)
            into[column] += sums[column];
    }

    /// <summary>The products of four columns of the packed places with sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ref float four, ref float sixteen, int places, Span<float> sums)
    {
        Vector256<float> a0 = Vector256<float>.Zero,
            a1 = a0,
            b0 = a0,
            b1 = a0,
            c0 = a0,
            c1 = a0,
            d0 = a0,
            d1 = a0;
        for (int place = 0; place < places; place++)
        {
            Vector256<float> left = Vector256.LoadUnsafe(ref sixteen),
                right = Vector256.LoadUnsafe(ref sixteen, 8),
                value = Vector256.Create(four);
            a0 = Vector256.FusedMultiplyAdd(value, left, a0);
            a1 = Vector256.FusedMultiplyAdd(value, right, a1);
            value = Vector256.Create(Unsafe.Add(ref four, 1));
            b0 = Vector256.FusedMultiplyAdd(value, left, b0);
            b1 = Vector256.FusedMultiplyAdd(value, right, b1);
            value = Vector256.Create(Unsafe.Add(ref four, 2));
            c0 = Vector256.FusedMultiplyAdd(value, left, c0);
            c1 = Vector256.FusedMultiplyAdd(value, right, c1);
            value = Vector256.Create(Unsafe.Add(ref four, 3));
            d0 = Vector256.FusedMultiplyAdd(value, left, d0);
            d1 = Vector256.FusedMultiplyAdd(value, right, d1);
            four = ref Unsafe.Add(ref four, BlockColumns);
            sixteen = ref Unsafe.Add(ref sixteen, BlockColumns);
        }
        ref float sum = ref MemoryMarshal.GetReference(sums);
        a0.StoreUnsafe(ref sum);
        a1.StoreUnsafe(ref sum, 8);
        b0.StoreUnsafe(ref sum, 16);
        b1.StoreUnsafe(ref sum, 24);
        c0.StoreUnsafe(ref sum, 32);
        c1.StoreUnsafe(ref sum, 40);
        d0.StoreUnsafe(ref sum, 48);
        d1.StoreUnsafe(ref sum, 56);
    }
}
