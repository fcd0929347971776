using Quantizer.Graphs;

namespace Quantizer.Cli.Usage;

/// <summary>One clear message for an exception that ended the work.</summary>
internal static class Failure
{
    private const string Issues = "Please report it, with the command and what it printed with --verbose added.";

    /// <param name="verbose">Adds the stack trace of an exception that nobody foresaw.</param>
    public static string Describe(Exception exception, bool verbose)
    {
        Exception cause = Unwrap(exception);
        return cause switch
        {
            OutputWrittenException { InnerException: { } reason } written => $"{Describe(reason, verbose)} {written.Remark}",
            QuantizationException or ModelFormatException or IOException or UnauthorizedAccessException => cause.Message,
            OutOfMemoryException => "There is not enough memory. Try --threads 1, or a machine with more.",
            DllNotFoundException or BadImageFormatException => $"A native library could not be loaded: {cause.Message} "
                + "There are builds for Linux with glibc (x64, arm64), Windows (x64) and macOS (arm64); keep the libraries beside "
                + "the program.",
            _ => $"Unexpected {cause.GetType().Name}: {cause.Message} This is a bug in quantize. {Issues}"
                + (verbose ? $"\n{exception}" : ""),
        };
    }

    /// <summary>One clear message for a run that was stopped.</summary>
    public static string DescribeInterruption(Exception exception) =>
        "Interrupted; "
        + Unwrap(exception) switch
        {
            CanceledAfterWritingException written => written.Remark,
            OutputWrittenException written => written.Remark,
            _ => "no unfinished file was left behind.",
        };

    /// <summary>Whether nothing was begun, because it cannot be done as asked.</summary>
    public static bool IsWrongUsage(Exception exception) => Unwrap(exception) is UsageException;

    /// <summary>Parallel work and static constructors wrap what really went wrong.</summary>
    private static Exception Unwrap(Exception exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [Exception first, ..] } => Unwrap(first),
            TypeInitializationException { InnerException: Exception inner } => Unwrap(inner),
            _ => exception,
        };
}
