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
