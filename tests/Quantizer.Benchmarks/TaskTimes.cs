using System.Diagnostics;
using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Samples;

namespace Quantizer.Benchmarks;

/// <summary>What judging costs beside the inference that it needs.</summary>
internal static class TaskTimes
{
    private const int MostSamples = 200;
    private const int Rounds = 3;

    /// <summary>Milliseconds, the least of interleaved rounds on one thread with all samples in memory: inference of both models, and the
    /// whole comparison.</summary>
    public static (double Inference, double Comparison) Of(TaskCase task, string int8, string data)
    {
        using SourceModel reference = SourceModel.Open(task.ModelPath),
            other = SourceModel.Open(int8);
        DataOpening opening = new(reference.Model, reference.Session, task.ModelPath, task.Pictures, task.Inputs, threads: 1);
        using DataSet opened = opening.Open([data], labelsPath: null, MostSamples, seed: 0, CancellationToken.None);
        FoundTask found = Judging.Open(task.Judging, labelsPath: null).Find(reference, opened);
        SampleReader<Sample> all = opened.StatelessReader();
        Sample[] samples = [.. Enumerable.Range(0, all.Count).Select(index => all.Load(index)!)];
        ModelPair pair = ModelPair.Of(reference.Session, other.Session, opened.State?.Feedback);
        (double inference, double comparison) = (double.PositiveInfinity, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            inference = Math.Min(
                inference,
                Time(() =>
                {
                    PairState? state = opened.State is null ? null : new PairState();
                    foreach (Sample sample in samples)
                        pair.Run(sample, state);
                })
            );
            SampleReader<Sample> reader = new(samples.Length, index => samples[index]);
            comparison = Math.Min(
                comparison,
                Time(() =>
                    ModelComparer.Compare(
                        reference.Session,
                        other.Session,
                        reader,
                        found,
                        1,
                        _ => { },
                        CancellationToken.None,
                        opened.State
                    )
                )
            );
        }
        return (inference, comparison);
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
