using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Quantizer.Cli.Terminals;

/// <summary>A Windows console shows escape codes as text until it is asked to obey them.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    // STD_OUTPUT_HANDLE and ENABLE_VIRTUAL_TERMINAL_PROCESSING of the Windows console interface.
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 0x0004;

    /// <summary>False where the console cannot.</summary>
    public static bool TryEnableAnsi()
    {
        nint handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out uint mode)
            && ((mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(handle, mode | VirtualTerminalProcessing));
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
