using System.Runtime.InteropServices;

namespace Quantizer.Cli.Tests;

public class AllocatorOptionsTests
{
    [Fact]
    public void Only_the_C_library_that_keeps_free_memory_is_told_to_give_it_back()
    {
        bool isGlibc =
            RuntimeInformation.RuntimeIdentifier.StartsWith("linux-", StringComparison.Ordinal)
            && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

        Assert.Equal(isGlibc, AllocatorOptions.GiveBackWhatIsFree());
    }
}
