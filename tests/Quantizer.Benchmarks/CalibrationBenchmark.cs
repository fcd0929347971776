using System.Diagnostics;
using System.IO.Enumeration;
using Quantizer.Calibration;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Benchmarks;

/// <summary>
/// What calibration costs above its floor: plain FP32 inference of the same samples, made by the same source, one shared
/// session, one caller per core. Both times hold opening the model. Usage: [--models PATTERN] [--rounds N] [--samples N] [--memory].
/// </summary>
internal static class CalibrationBenchmark
{
    /// <summary>Goals by network: calibration's time over plain inference's.</summary>
    private static readonly (string Name, Func<OnnxModel> Build, double Exact, double Sampled)[] Goals =
    [
        ("ResNet-18", SeededNetworks.ResNet18, 1.10, 1.05),
        ("MobileNetV2", SeededNetworks.MobileNetV2, 1.60, 1.40),
    ];

    private const string PeakOf = "--peak-of";

    public static int Run(string[] args)
    {
        int rounds = Option(args, "--rounds", 3);
        int samples = Option(args, "--samples", 256);
        if (Array.IndexOf(args, PeakOf) is >= 0 and int at)
        {
            Console.WriteLine(Peak(Goals.Single(goal => goal.Name == args[at + 1]).Build(), samples));
            return 0;
        }
        bool met = true;
        string pattern = Text(args, "--models", "*");
        foreach ((string name, Func<OnnxModel> build, double exact, double sampled) in Goals.Where(goal => FileSystemName.MatchesSimpleExpression(pattern, goal.Name)))
            met &= args.Contains("--memory") ? Memory(name) : Speed(name, build(), rounds, samples, exact, sampled);
        return met ? 0 : 1;
    }

    private static bool Speed(string name, OnnxModel model, int rounds, int samples, double exactGoal, double sampledGoal)
    {
        RandomPictures pictures = new(samples);
        IReadOnlyList<string> tensors = SeededNetworks.ObservedTensors(model);
        Warm(model, tensors);
        TimeSpan plain = TimeSpan.MaxValue;
        CalibrationTiming? exact = null;
        CalibrationTiming? sampled = null;
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan once = Plain(model, pictures);
            CalibrationTiming onceExact = Calibrator.Run(model, tensors, pictures, new CalibrationOptions()).Timing;
            CalibrationTiming onceSampled = Calibrator.Run(model, tensors, pictures, new CalibrationOptions { Sampled = true }).Timing;
            Console.WriteLine($"  round {round}: plain {once.TotalMilliseconds:F0} ms, exact {onceExact.Total / once:F3}x, sampled {onceSampled.Total / once:F3}x");
            plain = once < plain ? once : plain;
            exact = exact is null || onceExact.Total < exact.Total ? onceExact : exact;
            sampled = sampled is null || onceSampled.Total < sampled.Total ? onceSampled : sampled;
        }
        Console.WriteLine($"{name}: {samples} samples, {tensors.Count} tensors, plain {plain.TotalMilliseconds:F0} ms");
        return Told("exact", exact!, plain, exactGoal) & Told("sampled", sampled!, plain, sampledGoal);
    }

    private static bool Told(string what, CalibrationTiming timing, TimeSpan plain, double goal)
    {
        double ratio = timing.Total / plain;
        Console.WriteLine(
            $"  {what,-8} {ratio:F3}x (goal {goal:F2}x) {(ratio <= goal ? "met" : "MISSED")}: {timing.Total.TotalMilliseconds:F0} ms, of it preparation {timing.Preparation.TotalMilliseconds:F0} ms; " +
            $"over all workers decode {timing.Decode.TotalMilliseconds:F0}, inference {timing.Inference.TotalMilliseconds:F0}, statistics {timing.Statistics.TotalMilliseconds:F0} ms");
        return ratio <= goal;
    }

    /// <summary>Peak memory must not depend on the number of samples.</summary>
    private static bool Memory(string name)
    {
        // What 896 more samples may add: the collector's slack, a fraction of the 540 MB that they would fill.
        const long AllowedGrowth = 64L << 20;
        long few = PeakOfProcess(name, 128);
        long many = PeakOfProcess(name, 1024);
        Console.WriteLine($"{name}: peak memory {few >> 20} MB with 128 samples, {many >> 20} MB with 1,024");
        return many - few <= AllowedGrowth;
    }

    /// <summary>A process's peak never falls again, so each measurement has its own: this program, called again.</summary>
    private static long PeakOfProcess(string name, int samples)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] own = Environment.GetCommandLineArgs();
        // Started by the dotnet host, the program itself is the first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(own[0]);
        foreach (string argument in own.Skip(1).Concat([PeakOf, name, "--samples", $"{samples}"])) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output.Trim().Split('\n')[^1]);
    }

    private static long Peak(OnnxModel model, int samples)
    {
        Calibrator.Run(model, SeededNetworks.ObservedTensors(model), new RandomPictures(samples), new CalibrationOptions());
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Lets the compiler and ONNX Runtime settle before anything is timed.</summary>
    private static void Warm(OnnxModel model, IReadOnlyList<string> tensors)
    {
        RandomPictures few = new(8);
        Plain(model, few);
        Calibrator.Run(model, tensors, few, new CalibrationOptions());
        Calibrator.Run(model, tensors, few, new CalibrationOptions { Sampled = true });
    }

    private static TimeSpan Plain(OnnxModel model, ISampleSource pictures)
    {
        long start = Stopwatch.GetTimestamp();
        using InferenceModel session = InferenceModel.Load(model);
        int next = -1;
        Task.WaitAll([.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning))]);
        return Stopwatch.GetElapsedTime(start);

        void Work()
        {
            BoundRun? run = null;
            for (int index = Interlocked.Increment(ref next); index < pictures.Count; index = Interlocked.Increment(ref next))
            {
                Sample sample = pictures.Load(index);
                if (run is null) run = new BoundRun(session, sample.Inputs, ["logits"]);
                else sample.Inputs["x"].Data.Span.CopyTo(run.Input("x"));
                run.Run();
            }
            run?.Dispose();
        }
    }

    private static int Option(string[] args, string name, int absent) => int.Parse(Text(args, name, $"{absent}"));

    private static string Text(string[] args, string name, string absent)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 ? args[at + 1] : absent;
    }
}
