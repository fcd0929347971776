using System.Runtime.InteropServices;

namespace Quantizer.Execution.Native;

/// <summary>
/// ONNX Runtime's telemetry, which would keep a database in the user's home, write warnings to standard error where it
/// cannot, and send reports.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Takes effect only before ONNX Runtime's environment exists. What the user set stays.</summary>
    public static void SwitchOff()
    {
        // .NET's copy of the environment is not the one that native code reads, but on Windows.
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable(Variable) ?? "1");
        else
            SetEnv(Variable, "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
