using System.Diagnostics;
using Quantizer.Execution.Native;

namespace Quantizer.Core.Tests.Execution.Native;

public class LinuxUsageTests
{
    [Fact]
    public void The_peak_is_that_of_the_process()
    {
        if (!OperatingSystem.IsLinux())
            return;
        long before;
        using (Process process = Process.GetCurrentProcess())
            before = process.PeakWorkingSet64;

        // What the system counts per thread may not be summed up yet; what ran before the program in this process counts, too.
        Assert.InRange(LinuxUsage.PeakMemoryBytes, before * 9 / 10, before * 2);
    }
}
