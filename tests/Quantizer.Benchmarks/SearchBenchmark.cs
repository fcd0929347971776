using System.Diagnostics;
using System.Globalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>
/// What a default run costs beside calibration, writing and comparison: reading, finding the preparation, searching plans and
/// verifying. The budget is 2 s and three times the plain FP32 inference of the calibration pictures, which is the sum of
/// runs of the cleaned network by one thread. Of several rounds the fastest counts.
/// </summary>
internal static class SearchBenchmark
{
    private const double BudgetSeconds = 2,
        BudgetInferences = 3;
    private static readonly string[] RealModels = ["resnet20-cifar10-bn", "resnet56-cifar10-bn", "mobilenetv2-cifar10-bn"];

    /// <summary>The stages whose cost the samples or the disk decide.</summary>
    private static readonly string[] NotCounted = ["Calibrating", "Writing the model", "Comparing", "Measuring latency"];

    public static int Run(BenchmarkOptions options)
    {
        using TemporaryFolder folder = new();
        IEnumerable<BenchmarkModel> models = BenchmarkModels
            .Real(options.Models)
            .Where(model => RealModels.Contains(model.Name))
            // As a user would, who does not know how the pictures are to be prepared.
            .Select(model => model with { Pictures = new PictureOptions() });
        if (BenchmarkModels.Matches("squeezenet1.1-227", options.Models))
            models = models.Append(SeededModels.WriteSqueezeNet(folder.Path));
        bool met = true;
        foreach (BenchmarkModel model in models)
        {
            Round[] rounds =
            [
                .. Enumerable.Range(0, options.Rounds).Select(_ => Measure(model, Path.Combine(folder.Path, $"{model.Name}.int8.onnx"))),
            ];
            met &= Tell(model.Name, rounds.MinBy(round => round.Counted)!, Plain(model));
        }
        return met ? 0 : 1;
    }

    private static Round Measure(BenchmarkModel model, string output)
    {
        StageTimes times = new();
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = model.Path,
                CalibrationPaths = [model.CalibrationPath],
                EvaluationPaths = model.EvaluationPath is { } path ? [path] : [],
                OutputPath = output,
                Pictures = model.Pictures,
            },
            times,
            CancellationToken.None
        );
        return new Round(times.End(), report);
    }

    private static bool Tell(string name, Round round, TimeSpan plain)
    {
        TimeSpan budget = TimeSpan.FromSeconds(BudgetSeconds) + BudgetInferences * plain;
        bool met = round.Counted <= budget;
        Console.WriteLine(
            $"{name}: {round.Counted.TotalSeconds:F2} s (processors {round.Processor.TotalSeconds:F2} s) of {budget.TotalSeconds:F2} s "
                + $"({BudgetSeconds:F0} s + {BudgetInferences:F0} x {plain.TotalSeconds:F2} s), "
                + $"{(met ? "met" : "MISSED")}; SQNR {round.Report.Outputs[0].SqnrDb:F2} dB, the process at its peak "
                + $"{round.Report.Timing.PeakMemoryBytes >> 20} MiB"
        );
        foreach ((string stage, TimeSpan time, TimeSpan processor) in round.Stages)
        {
            Console.WriteLine(
                $"  {stage.PadRight(22)} {time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture).PadLeft(7)} s, processors {processor.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture).PadLeft(7)} "
                    + $"s{(NotCounted.Contains(stage) ? " (not counted)" : "")}"
            );
        }

        return met;
    }

    private static TimeSpan Plain(BenchmarkModel model)
    {
        CalibrationSubject subject = CalibrationSubject.Real(model);
        using InferenceModel session = InferenceModel.Load(subject.Plain);
        using BoundRun run = new(session, subject.Samples.Load(0).Inputs, [session.Outputs[0].Name]);
        run.Run();
        TimeSpan sum = TimeSpan.Zero;
        for (int index = 0; index < subject.Samples.Count; index++)
        {
            foreach ((string input, TensorValue value) in subject.Samples.Load(index).Inputs)
                value.Data.Span.CopyTo(run.Input(input));
            long start = Stopwatch.GetTimestamp();
            run.Run();
            sum += Stopwatch.GetElapsedTime(start);
        }
        return sum;
    }

    private sealed record Round(IReadOnlyList<(string Stage, TimeSpan Time, TimeSpan Processor)> Stages, QuantizationReport Report)
    {
        public TimeSpan Counted => Sum(stage => stage.Time);

        public TimeSpan Processor => Sum(stage => stage.Processor);

        private TimeSpan Sum(Func<(string Stage, TimeSpan Time, TimeSpan Processor), TimeSpan> of) =>
            Stages.Where(stage => !NotCounted.Contains(stage.Stage)).Aggregate(TimeSpan.Zero, (sum, stage) => sum + of(stage));
    }
}
