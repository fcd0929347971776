using Quantizer.Cli.Progress;
using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Progress;

public sealed class ProgressTests
{
    // 2 ms for a sample: calibration takes 1.0 s, recording 0.5 s, searching 3.0 s, correcting 1.0 s, verifying and writing 0.2 s,
    // comparing 1.3 s, measuring latency 1.7 s; 8.7 s in all.
    private static readonly WorkAhead Work = new(200, 400, TimeSpan.FromMilliseconds(2));

    private readonly ManualTime _time = new();

    [Fact]
    public void Before_anything_is_known_a_stage_shows_how_long_it_takes()
    {
        TotalProgress progress = new(_time);
        progress.Start("Reading the model", 0);
        _time.Advance(new TimeSpan(1, 1, 5));

        Assert.Equal("Reading the model  1:01:05", ProgressLine.Format(progress, 80));
    }

    [Fact]
    public void Stages_as_expected_show_their_share_of_the_whole_run()
    {
        TotalProgress progress = Counted();
        Assert.Equal(6.37, progress.Expected!.Value.TotalSeconds, 6);
        progress.Start("Calibrating", 200);
        Assert.Equal(0, progress.Share);
        _time.Advance(TimeSpan.FromSeconds(0.6));
        progress.Start("Recording the outputs", 200);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        progress.Start("Searching plans", 0);
        _time.Advance(TimeSpan.FromSeconds(1.2));

        Assert.Equal(2 / 6.37, progress.Share!.Value, 6);
        Assert.Equal(4.37, progress.Left!.Value.TotalSeconds, 6);
        Assert.Equal("[=======                 ]  31 %  Searching plans  0:04 left", ProgressLine.Format(progress, 80));
    }

    [Fact]
    public void A_stage_of_twice_its_cost_doubles_what_is_expected_of_the_rest()
    {
        TotalProgress progress = Counted();
        progress.Start("Calibrating", 200);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Advance(100);

        // Another second of this stage; and of 5.77 s more than twice as much, but for the half second that counts as expected.
        double pace = (2 + 0.5) / (0.6 + 0.5);
        Assert.Equal(1 + (5.77 * pace), progress.Left!.Value.TotalSeconds, 6);
        Assert.Contains("Calibrating 100/200", ProgressLine.Format(progress, 80));
    }

    [Fact]
    public void A_stage_that_comes_again_never_takes_the_share_back()
    {
        TotalProgress progress = Counted();
        foreach (string stage in new[] { "Calibrating", "Recording the outputs", "Searching plans", "Comparing" })
        {
            progress.Start(stage, 0);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        double before = progress.Share!.Value;
        progress.Start("Calibrating", 200);

        Assert.Equal(before, progress.Share);
        Assert.True(progress.Left > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void More_steps_than_announced_and_a_stage_that_lasts_do_no_harm()
    {
        TotalProgress progress = Counted();
        progress.Start("Calibrating", 5);
        progress.Advance(7);
        progress.Advance(3);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.InRange(progress.Share!.Value, 0, 0.99);
        Assert.Equal(7, progress.Done);
        Assert.True(progress.Left >= TimeSpan.Zero);
    }

    [Theory]
    [InlineData(20, 19)]
    [InlineData(1, 0)]
    public void The_line_leaves_one_column_free(int width, int length)
    {
        TotalProgress progress = Counted();
        progress.Start("Calibrating", 200);

        Assert.Equal(length, ProgressLine.Format(progress, width).Length);
    }

    [Fact]
    public void A_terminal_sees_the_line_move_and_only_notes_remain()
    {
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { ShowsLiveProgress = true, Time = _time },
            During = (observer, _) =>
            {
                observer.WorkCounted(Work);
                observer.StageStarted("Calibrating", 200);
                observer.Advanced(100);
                observer.Advanced(50);
                _time.Advance(TimeSpan.FromSeconds(0.5));
                observer.Noted("skipped cat.jpg");
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            "This will take about 7.00 s: 200 samples to calibrate on, 400 to compare on.\nskipped cat.jpg\n",
            Screen.Show(run.Error)
        );
        Assert.Contains("\r[                        ]   0 %  Calibrating 0/200  0:06 left", run.Error);
        Assert.Contains("\r[=                       ]   7 %  Calibrating 100/200  0:05 left", run.Error);
    }

    [Theory]
    [InlineData("--json", "12:03:04 skipped cat.jpg\n")]
    [InlineData("--verbose", "12:03:04 Calibrating\n12:03:04 skipped cat.jpg\n")]
    public void A_log_has_the_notes_and_on_request_every_stage(string option, string expected)
    {
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { Time = _time },
            During = (observer, _) =>
            {
                observer.StageStarted("Calibrating", 4);
                observer.Advanced(2);
                observer.Noted("skipped cat.jpg");
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", option));

        Assert.Equal(expected, run.Error);
    }

    [Fact]
    public void A_log_names_stages_that_last_and_is_never_silent_for_more_than_half_a_minute()
    {
        using ProgramRun run = new()
        {
            Adjust = terminal => terminal with { Time = _time },
            During = (observer, _) =>
            {
                observer.WorkCounted(new WorkAhead(20_000, 400, TimeSpan.FromMilliseconds(2)));
                observer.StageStarted("Placing quantization", 0);
                observer.StageStarted("Calibrating", 20_000);
                _time.Advance(TimeSpan.FromSeconds(1));
                observer.Advanced(10_000);
                for (int i = 0; i < 59; i++)
                    _time.Advance(TimeSpan.FromSeconds(1));
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--json"));
        _time.Advance(TimeSpan.FromMinutes(1));

        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("12:03:04 This will take about 1 min 10 s: 20,000 samples to calibrate on, 400 to compare on.", lines[0]);
        Assert.Equal("12:03:04 Calibrating", lines[1]);
        Assert.Matches("^12:03:34 Calibrating 10,000/20,000, [0-9]+ % of the run, about [0-9]+.* left$", lines[2]);
        Assert.StartsWith("12:04:04 Calibrating 10,000/20,000, ", lines[3]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void A_log_that_is_to_be_quiet_is()
    {
        using ProgramRun run = new()
        {
            Report = ExampleReports.Regressor,
            Adjust = terminal => terminal with { Time = _time },
            During = (observer, _) =>
            {
                observer.WorkCounted(Work);
                observer.StageStarted("Calibrating", 4);
                _time.Advance(TimeSpan.FromMinutes(1));
            },
        };

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--quiet"));

        Assert.Equal("", run.Error);
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

    private TotalProgress Counted()
    {
        TotalProgress progress = new(_time);
        progress.Count(Work);
        return progress;
    }
}
