using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Quantizer.Calibration.Statistics;

namespace Quantizer.Benchmarks;

/// <summary>Nanoseconds a float of the statistics kernels, one thread, 3 MB arrays: minimum of many repetitions.</summary>
internal static class HistogramBenchmark
{
    private const int Length = 786_432;
    private const int Repetitions = 300;

    public static void Run()
    {
        float[] gauss = Gauss();
        float[] relu = Array.ConvertAll(gauss, value => MathF.Max(value, 0f));
        float[] relu6 = Array.ConvertAll(gauss, value => Math.Clamp((3 * value) + 2, 0f, 6f));
        float[] swish = Array.ConvertAll(gauss, value => value * 2 / (1 + MathF.Exp(-value * 2)));
        Console.WriteLine("ns per float   exact  sampled");
        foreach ((string name, float[] values) in new[] { ("gauss", gauss), ("relu", relu), ("relu6", relu6), ("swish", swish) })
        {
            double exact = Measure(values, name == "relu6", static (statistics, values) => statistics.Add(values.Span));
            double sampled = Measure(values, name == "relu6", static (statistics, values) => statistics.AddSampled(values.Span));
            Console.WriteLine(
                $"{name.PadRight(12)} {exact.ToString("F3", CultureInfo.InvariantCulture).PadLeft(7)}  {sampled.ToString("F3", CultureInfo.InvariantCulture).PadLeft(7)}"
            );
        }
    }

    private static double Measure(float[] values, bool isSaturated, Action<TensorStatistics, ReadOnlyMemory<float>> add)
    {
        ReadOnlyMemory<float> aligned = Aligned(values);
        // Larger values than the array's, as after some samples: only then are new extremes rare.
        TensorStatistics statistics = new();
        statistics.Add([2 * values.Min(), isSaturated ? values.Max() : 2 * values.Max()]);
        double best = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            add(statistics, aligned);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Length);
        }
        return best;
    }

    /// <summary>A copy that begins at a cache line, as ONNX Runtime's tensors do.</summary>
    private static unsafe ReadOnlyMemory<float> Aligned(float[] values)
    {
        const int Line = 64 / sizeof(float);
        float[] room = GC.AllocateArray<float>(values.Length + Line, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref room[0]) / sizeof(float);
        Memory<float> aligned = room.AsMemory((int)((Line - (address % Line)) % Line), values.Length);
        values.CopyTo(aligned);
        return aligned;
    }

    private static float[] Gauss()
    {
        Random random = new(7);
        float[] values = new float[Length];
        for (int i = 0; i < Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
