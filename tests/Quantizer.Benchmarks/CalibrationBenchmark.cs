using System.Diagnostics;
using Quantizer.Calibration.Running;
using Quantizer.Execution;
using Quantizer.Execution.Native;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Benchmarks;

/// <summary>
/// What calibration costs above its floor: plain FP32 inference of the same samples, made by the same source, one shared
/// session, one caller per core. Both times hold opening the model. Then the same for two real models. Usage: [--models PATTERN]
/// [--rounds N] [--samples N] [--memory].
/// </summary>
internal static class CalibrationBenchmark
{
    /// <summary>Goals by network: calibration's time over plain inference's.</summary>
    private static readonly (string Name, Func<OnnxModel> Build, double Exact, double Sampled)[] Goals =
    [
        ("ResNet-18", SeededNetworks.ResNet18, 1.10, 1.05),
        ("MobileNetV2", SeededNetworks.MobileNetV2, 1.60, 1.40),
    ];

    /// <summary>What other tools took for the same model and pictures, over plain inference on one thread (their own figures beside the
    /// real models).</summary>
    private static readonly Dictionary<string, string> OtherTools = new()
    {
        ["resnet56-cifar10-bn"] = "ONNX Runtime's tool: min/max 2.9x, percentile 10.7x, entropy 11.3x; NNCF 5.4x",
        ["mobilenetv2-cifar10-bn"] = "ONNX Runtime's tool: min/max 7.0x, percentile 48x, entropy 49x; NNCF 15.8x",
    };

    private const string PeakOf = "--peak-of";

    public static int Run(string[] args)
    {
        int rounds = Option(args, "--rounds", 3);
        int samples = Option(args, "--samples", 256);
        if (Array.IndexOf(args, PeakOf) is >= 0 and int at)
        {
            Console.WriteLine(
                Peak(CalibrationSubject.Seeded(args[at + 1], Goals.Single(goal => goal.Name == args[at + 1]).Build(), samples))
            );
            return 0;
        }
        bool met = true;
        string pattern = Text(args, "--models", "*");
        foreach (
            (string name, Func<OnnxModel> build, double exact, double sampled) in Goals.Where(goal =>
                BenchmarkModels.Matches(goal.Name, pattern)
            )
        )
        {
            met &= args.Contains("--memory")
                ? Memory(name)
                : Speed(
                    CalibrationSubject.Seeded(name, build(), samples),
                    rounds,
                    $" (goal {exact:F2}x)",
                    exact,
                    $" (goal {sampled:F2}x)",
                    sampled
                );
        }

        if (args.Contains("--memory"))
            return met ? 0 : 1;
        foreach (BenchmarkModel model in BenchmarkModels.Real(pattern))
        {
            if (OtherTools.TryGetValue(model.Name, out string? others))
                Speed(CalibrationSubject.Real(model), rounds, $" ({others})", double.MaxValue, "", double.MaxValue);
        }

        return met ? 0 : 1;
    }

    private static bool Speed(
        CalibrationSubject subject,
        int rounds,
        string exactBeside,
        double exactGoal,
        string sampledBeside,
        double sampledGoal
    )
    {
        (string name, OnnxModel model, IReadOnlyList<string> tensors, OnnxModel unobserved, ISampleSource samples) = subject;
        // Lets the compiler and ONNX Runtime settle before anything is timed.
        Plain(unobserved, samples);
        Calibrator.Run(model, tensors, samples, new CalibrationOptions { Sampled = true });
        TimeSpan plain = TimeSpan.MaxValue;
        CalibrationTiming? exact = null;
        CalibrationTiming? sampled = null;
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan once = Settled(() => Plain(unobserved, samples));
            CalibrationTiming onceExact = Settled(() => Calibrator.Run(model, tensors, samples, new CalibrationOptions()).Timing);
            CalibrationTiming onceSampled = Settled(() =>
                Calibrator.Run(model, tensors, samples, new CalibrationOptions { Sampled = true }).Timing
            );
            Console.WriteLine(
                $"  round {round}: plain {once.TotalMilliseconds:F0} ms, exact {onceExact.Total / once:F3}x, sampled "
                    + $"{onceSampled.Total / once:F3}x"
            );
            plain = once < plain ? once : plain;
            exact = exact is null || onceExact.Total < exact.Total ? onceExact : exact;
            sampled = sampled is null || onceSampled.Total < sampled.Total ? onceSampled : sampled;
        }
        Console.WriteLine($"{name}: {samples.Count} samples, {tensors.Count} tensors, plain {plain.TotalMilliseconds:F0} ms");
        return Told("exact", exact!, plain, exactBeside, exactGoal) & Told("sampled", sampled!, plain, sampledBeside, sampledGoal);
    }

    /// <summary>Measures with nothing left of what was measured before: memory that is still mapped would be a head start.</summary>
    private static T Settled<T>(Func<T> measure)
    {
        GC.Collect();
        NativeHeap.ReturnFreed();
        return measure();
    }

    private static bool Told(string what, CalibrationTiming timing, TimeSpan plain, string beside, double goal)
    {
        double ratio = timing.Total / plain;
        Console.WriteLine(
            $"  {what.PadRight(8)} {ratio:F3}x{beside}{(ratio <= goal ? "" : " MISSED")}: {timing.Total.TotalMilliseconds:F0} ms, of it "
                + $"preparation {timing.Preparation.TotalMilliseconds:F0} ms; "
                + $"over all workers decode {timing.Decode.TotalMilliseconds:F0}, inference {timing.Inference.TotalMilliseconds:F0}, "
                + $"statistics {timing.Statistics.TotalMilliseconds:F0} ms"
        );
        return ratio <= goal;
    }

    /// <summary>Peak memory must not depend on the number of samples.</summary>
    private static bool Memory(string name)
    {
        // By which the peaks of equal runs differ; 896 kept samples would fill 540 MB.
        const long AllowedGrowth = 2L << 20;
        long few = PeakOfProcess(name, 128);
        long many = PeakOfProcess(name, 1024);
        Console.WriteLine($"{name}: peak memory {few >> 20} MiB with 128 samples, {many >> 20} MiB with 1,024");
        return many - few <= AllowedGrowth;
    }

    /// <summary>A process's peak never falls again, so each measurement has its own: this program, called again.</summary>
    private static long PeakOfProcess(string name, int samples)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] own = Environment.GetCommandLineArgs();
        // Started by the dotnet host, the program itself is the first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(own[0]);
        foreach (string argument in own.Skip(1).Concat([PeakOf, name, "--samples", $"{samples}"]))
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output.Trim().Split('\n')[^1]);
    }

    private static long Peak(CalibrationSubject subject)
    {
        Calibrator.Run(subject.Model, subject.Tensors, subject.Samples, new CalibrationOptions());
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static TimeSpan Plain(OnnxModel model, ISampleSource samples)
    {
        long start = Stopwatch.GetTimestamp();
        using InferenceModel session = InferenceModel.Load(model);
        int next = -1;
        Task.WaitAll([
            .. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning)),
        ]);
        return Stopwatch.GetElapsedTime(start);

        void Work()
        {
            BoundRun? run = null;
            for (int index = Interlocked.Increment(ref next); index < samples.Count; index = Interlocked.Increment(ref next))
            {
                Sample sample = samples.Load(index);
                if (run is null)
                {
                    run = new BoundRun(session, sample.Inputs, [session.Outputs[0].Name]);
                }
                else
                {
                    foreach ((string input, TensorValue value) in sample.Inputs)
                        value.Data.Span.CopyTo(run.Input(input));
                }

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
