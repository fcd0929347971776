using System.Diagnostics;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Stages;

namespace Quantizer.Core.Tests.Pipeline.Stages;

public class StageRunnerTests
{
    [Fact]
    public void A_wish_to_stop_is_heard_between_two_stages()
    {
        using CancellationTokenSource cancellation = new();
        HeardProgress heard = new();
        StageRunner stages = new(heard, cancellation.Token);
        bool ran = false;

        Assert.Equal(7, stages.Run(Stage.Read, () => 7));
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => stages.Run(Stage.Normalize, () => ran = true));
        Assert.False(ran);
        Assert.Equal(["Reading the model"], heard.Stages.Select(stage => stage.Name));
    }

    [Fact]
    public void The_work_ahead_is_told_by_the_time_of_one_inference()
    {
        HeardProgress heard = new();
        StageRunner stages = new(heard, CancellationToken.None);
        int inferences = 0;

        stages.CountWork(
            5,
            7,
            () =>
            {
                inferences++;
                Thread.Sleep(3);
            }
        );

        WorkAhead ahead = Assert.Single(heard.Work);
        Assert.Equal(1, inferences);
        Assert.Equal((5, 7), (ahead.CalibrationSamples, ahead.ComparedSamples));
        Assert.True(ahead.Inference >= TimeSpan.FromMilliseconds(3));
    }

    [Fact]
    public void By_the_clock_no_time_is_told_twice()
    {
        StageRunner stages = new(new HeardProgress(), CancellationToken.None);
        long start = Stopwatch.GetTimestamp();

        stages.Run(
            Stage.Search,
            () =>
            {
                Thread.Sleep(2);
                stages.Run(Stage.Scale, () => Late());
                stages.Begin(Stage.Search, 0);
                return Late();
            }
        );

        double told = stages.Shown.Sum(stage => stage.Milliseconds),
            total = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Equal([Stage.Search, Stage.Scale], stages.Shown.Select(stage => stage.Stage));
        Assert.All(stages.Shown, stage => Assert.True(stage.Milliseconds >= 2));
        Assert.True(told <= total);
        Assert.True(stages.MillisecondsOf(Stage.Search) + stages.MillisecondsOf(Stage.Scale) > told);

        static bool Late()
        {
            Thread.Sleep(20);
            return true;
        }
    }

    [Fact]
    public void A_stage_that_fails_and_comes_again_is_timed_as_one()
    {
        StageRunner stages = new(new HeardProgress(), CancellationToken.None);

        Assert.Equal(0, stages.MillisecondsOf(Stage.Search));
        Assert.Throws<InvalidOperationException>(() => stages.Time<int>(Stage.Search, () => throw Late()));
        double once = stages.MillisecondsOf(Stage.Search);
        Assert.Throws<InvalidOperationException>(() => stages.Time<int>(Stage.Search, () => throw Late()));

        Assert.True(once > 0);
        Assert.True(stages.MillisecondsOf(Stage.Search) > once);

        static InvalidOperationException Late()
        {
            Thread.Sleep(2);
            return new InvalidOperationException();
        }
    }
}
