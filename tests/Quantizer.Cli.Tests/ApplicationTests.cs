using Quantizer.Cli.Terminals;
using Quantizer.Graphs;

namespace Quantizer.Cli.Tests;

public sealed class ApplicationTests
{
    public static TheoryData<Exception> Foreseen =>
        [
            new QuantizationException("Folder 'x' holds no pictures."),
            new ModelFormatException("'m.onnx' is no model."),
            new IOException("The disk is full."),
            new UnauthorizedAccessException("Access to 'out.onnx' is denied."),
        ];

    [Theory]
    [MemberData(nameof(Foreseen), DisableDiscoveryEnumeration = true)]
    public void A_foreseen_failure_is_one_line_and_exit_code_1(Exception exception)
    {
        using ProgramRun run = Failing(exception);

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c", "--verbose"));

        Assert.Equal($"error: {exception.Message}\n", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void A_failure_inside_parallel_work_is_told_as_itself()
    {
        using ProgramRun run = Failing(
            new AggregateException(new AggregateException(new QuantizationException("The third picture is damaged.")))
        );

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.Equal("error: The third picture is damaged.\n", run.Error);
    }

    [Fact]
    public void What_cannot_be_done_as_asked_is_wrong_usage()
    {
        using ProgramRun run = Failing(
            new AggregateException(new UsageException("The output 'm.onnx' is the model. Give another file with -o."))
        );

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--calib", "c"));

        Assert.Equal(
            "error: The output 'm.onnx' is the model. Give another file with -o.\n'quantize --help' tells all options, with examples.\n",
            run.Error
        );
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void An_unforeseen_failure_asks_for_a_report_and_shows_its_trace_only_when_verbose()
    {
        using ProgramRun plain = Failing(new InvalidOperationException("Axis out of range."));
        Assert.Equal(ExitCodes.Failed, plain.Run("m.onnx", "--calib", "c"));
        Assert.StartsWith("error: Unexpected InvalidOperationException: Axis out of range. This is a bug in quantize.", plain.Error);
        Assert.DoesNotContain("   at ", plain.Error);

        using ProgramRun verbose = Failing(new InvalidOperationException("Axis out of range."));
        Assert.Equal(ExitCodes.Failed, verbose.Run("m.onnx", "--calib", "c", "--verbose"));
        Assert.Contains("   at ", verbose.Error);
    }

    [Fact]
    public void A_missing_native_library_is_explained()
    {
        using ProgramRun run = Failing(new TypeInitializationException("NativeMethods", new DllNotFoundException("onnxruntime")));

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.StartsWith("error: A native library could not be loaded: onnxruntime There are builds for", run.Error);
    }

    [Theory]
    [InlineData(ExitCodes.Interrupted, 130)]
    [InlineData(ExitCodes.Terminated, 143)]
    public void An_interrupted_run_ends_with_the_signals_code(int asked, int code)
    {
        Interruption? interruption = null;
        using ProgramRun run = new()
        {
            During = (_, cancellation) =>
            {
                Assert.True(interruption!.Request(asked));
                cancellation.ThrowIfCancellationRequested();
            },
        };
        interruption = run.Interruption;

        Assert.Equal(code, run.Run("m.onnx", "--calib", "c", "--json"));

        Assert.Equal("Interrupted; no unfinished file was left behind.\n", run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void An_interrupted_run_that_had_written_its_file_says_so()
    {
        Interruption? interruption = null;
        using ProgramRun run = new()
        {
            During = (_, cancellation) =>
            {
                interruption!.Request(ExitCodes.Interrupted);
                throw new CanceledAfterWritingException(
                    "'out.onnx' was written and is whole.",
                    new OperationCanceledException(),
                    cancellation
                );
            },
        };
        interruption = run.Interruption;

        Assert.Equal(ExitCodes.Interrupted, run.Run("m.onnx", "--calib", "c"));

        Assert.Equal("Interrupted; 'out.onnx' was written and is whole.\n", run.Error);
    }

    [Fact]
    public void A_failure_that_nobody_foresaw_after_writing_is_told_as_such_and_with_the_file()
    {
        using ProgramRun run = Failing(
            new OutputWrittenException("'out.onnx' was written and is whole.", new InvalidOperationException("Axis out of range."))
        );

        Assert.Equal(ExitCodes.Failed, run.Run("m.onnx", "--calib", "c"));

        Assert.StartsWith("error: Unexpected InvalidOperationException: Axis out of range. This is a bug in quantize.", run.Error);
        Assert.EndsWith("'out.onnx' was written and is whole.\n", run.Error);
    }

    [Fact]
    public void What_a_stopped_step_throws_does_not_hide_that_it_was_stopped()
    {
        Interruption? interruption = null;
        using ProgramRun run = new()
        {
            During = (_, _) =>
            {
                interruption!.Request(ExitCodes.Interrupted);
                throw new AggregateException(new InvalidOperationException("Exiting due to terminate flag."));
            },
        };
        interruption = run.Interruption;

        Assert.Equal(ExitCodes.Interrupted, run.Run("compare", "a", "b", "--data", "c"));
    }

    [Fact]
    public void A_second_wish_to_stop_is_told_from_the_first()
    {
        using Interruption interruption = new();

        Assert.True(interruption.Request(ExitCodes.Terminated));
        Assert.False(interruption.Request(ExitCodes.Interrupted));
        Assert.Equal(ExitCodes.Terminated, interruption.ExitCode);
    }

    private static ProgramRun Failing(Exception exception) => new() { During = (_, _) => throw exception };
}
