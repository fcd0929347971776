namespace Quantizer.Pipeline.Files;

/// <summary>What goes wrong once the output is there must not hide that it is there.</summary>
internal static class AfterWriting
{
    /// <param name="output">The written file.</param>
    /// <exception cref="OutputWrittenException">The work failed.</exception>
    /// <exception cref="CanceledAfterWritingException">It was cancelled.</exception>
    public static T Run<T>(string output, Func<T> work, CancellationToken cancellation)
    {
        try
        {
            return work();
        }
        // Whatever a cancelled step threw, the reason is that it was cancelled.
        catch (Exception error) when (cancellation.IsCancellationRequested)
        {
            throw new CanceledAfterWritingException(Remark(output), error, cancellation);
        }
        catch (Exception error)
        {
            throw new OutputWrittenException(Remark(output), error);
        }
    }

    private static string Remark(string output) =>
        $"'{output}' was written before that and is whole: it holds the verified INT8 model. What is missing is the comparison with the "
        + $"FP32 model and the report; 'quantize compare' makes both.";
}
