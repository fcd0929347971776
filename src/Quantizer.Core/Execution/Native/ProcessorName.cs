using System.Runtime.InteropServices;
using System.Text;

namespace Quantizer.Execution.Native;

/// <summary>The processor, as the system names it.</summary>
internal static partial class ProcessorName
{
    private const string LinuxDescription = "/proc/cpuinfo";

    /// <summary>Long enough for every name that there is.</summary>
    private const int MostBytes = 256;

    /// <summary>"AMD Ryzen 7 5800X 8-Core Processor"; the architecture where the system tells no name.</summary>
    public static string Text { get; } = Find() is { Length: > 0 } name ? name : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The first core's name in what Linux tells of the processor; of processors without one, their maker's numbers.</summary>
    internal static string? InDescription(IEnumerable<string> lines)
    {
        Dictionary<string, string> fields = [];
        foreach (string line in lines)
        {
            if (line.Split(':', 2) is [var name, var value])
                fields.TryAdd(name.Trim(), value.Trim());
        }
        return fields.GetValueOrDefault("model name") is { Length: > 0 } model ? model
            : fields.GetValueOrDefault("CPU implementer") is { } maker && fields.GetValueOrDefault("CPU part") is { } part
                ? $"{RuntimeInformation.ProcessArchitecture}, implementer {maker}, part {part}"
            : fields.GetValueOrDefault("uarch") is { Length: > 0 } architecture ? architecture
            : null;
    }

    private static string? Find()
    {
        try
        {
            return OperatingSystem.IsLinux() ? InDescription(File.ReadLines(LinuxDescription))
                : OperatingSystem.IsMacOS() ? OfMac()
                : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A name is worth no failure.
            return null;
        }
    }

    private static unsafe string? OfMac()
    {
        byte* name = stackalloc byte[MostBytes];
        nuint length = MostBytes;
        return SysCtlByName("machdep.cpu.brand_string", name, &length, null, 0) == 0 && length > 0
            ? Encoding.UTF8.GetString(name, (int)length - 1)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SysCtlByName(string name, void* value, nuint* length, void* newValue, nuint newLength);
}
