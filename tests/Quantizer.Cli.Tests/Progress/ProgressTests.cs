using Quantizer.Cli.Progress;

namespace Quantizer.Cli.Tests.Progress;

public sealed class ProgressTests
{
    [Fact]
    public void A_counted_stage_shows_bar_count_rate_and_remaining_time() =>
        Assert.Equal(
            "calibrate  [============            ]  256/512  128.0/s  0:02 left",
            ProgressLine.Format("calibrate", 256, 512, TimeSpan.FromSeconds(2), 80)
        );

    [Fact]
    public void The_rate_waits_until_it_means_something() =>
        Assert.Equal(
            "calibrate  [                        ]  1/512",
            ProgressLine.Format("calibrate", 1, 512, TimeSpan.FromMilliseconds(20), 80)
        );

    [Fact]
    public void An_uncounted_stage_shows_how_long_it_takes() =>
        Assert.Equal("verify  1:01:05", ProgressLine.Format("verify", 0, 0, new TimeSpan(1, 1, 5), 80));

    [Fact]
    public void More_steps_than_announced_do_no_harm() =>
        Assert.Equal("x  [========================]  7/5  7.0/s  0:00 left", ProgressLine.Format("x", 7, 5, TimeSpan.FromSeconds(1), 80));

    [Theory]
    [InlineData(20, 19)]
    [InlineData(1, 0)]
    public void The_line_leaves_one_column_free(int width, int length) =>
        Assert.Equal(length, ProgressLine.Format("calibrate", 256, 512, TimeSpan.FromSeconds(2), width).Length);

    [Fact]
    public void A_terminal_sees_the_line_move_and_nothing_of_it_remains()
    {
        ManualTime time = new();
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { ShowsLiveProgress = true, Time = time },
            During = (observer, _) =>
            {
                observer.StageStarted("calibrate", 4);
                observer.Advanced(2);
                observer.Advanced(1);
                time.Advance(TimeSpan.FromSeconds(1));
                observer.Noted("skipped cat.jpg");
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c"));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("skipped cat.jpg\n", Screen.Show(run.Error));
        Assert.Contains("\rcalibrate  [                        ]  0/4", run.Error);
        Assert.Contains("\rcalibrate  [============            ]  2/4  2.0/s  0:01 left", run.Error);
    }

    [Theory]
    [InlineData("--json", "skipped cat.jpg\n")]
    [InlineData("--verbose", "calibrate\nskipped cat.jpg\n")]
    public void A_log_has_the_notes_and_on_request_the_stages(string option, string expected)
    {
        using ProgramRun run = new()
        {
            During = (observer, _) =>
            {
                observer.StageStarted("calibrate", 4);
                observer.Advanced(2);
                observer.Noted("skipped cat.jpg");
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", option));

        Assert.Equal(expected, run.Error);
    }

    [Fact]
    public void A_failure_is_not_written_into_the_live_line()
    {
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { ShowsLiveProgress = true, Time = new ManualTime() },
            During = (observer, _) =>
            {
                observer.StageStarted("calibrate", 4);
                throw new QuantizationException("The data end.");
            },
        };

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.Equal("error: The data end.\n", Screen.Show(run.Error));
    }

    [Fact]
    public void A_log_gets_notes_and_no_progress()
    {
        using ProgramRun run = new()
        {
            During = (observer, _) =>
            {
                observer.StageStarted("calibrate", 4);
                observer.Advanced(2);
                observer.Noted("pictures: imagenet");
            },
        };

        run.Run("m.onnx", "--calib", "c");

        Assert.Equal("pictures: imagenet\n", run.Error);
    }
}
