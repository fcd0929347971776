using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class SkipLimitTests
{
    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(0, 3, false)]
    public void More_than_half_broken_ends_the_run(int used, int broken, bool isFine)
    {
        SkippedSample[] skipped = [.. Enumerable.Range(0, broken).Select(i => new SkippedSample($"{i}.jpg", "the file is empty"))];

        QuantizationException? error = Record.Exception(() => SkipLimit.Check("'pictures'", used, skipped)) as QuantizationException;

        Assert.Equal(isFine, error is null);
        if (!isFine)
        {
            Assert.StartsWith("'pictures': ", error!.Message);
            Assert.Contains("'0.jpg': the file is empty", error.Message);
        }
    }
}
