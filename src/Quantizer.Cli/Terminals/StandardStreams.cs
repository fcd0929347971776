using System.Runtime.InteropServices;
using System.Text;

namespace Quantizer.Cli.Terminals;

/// <summary>
/// Standard output and error. A caller may have closed them (2>&amp;-); then the system gives their numbers to the next files
/// that are opened, which must not get our messages written into them.
/// </summary>
internal static partial class StandardStreams
{
    // Of <fcntl.h>.
    private const int GetFlags = 1,
        CloseOnExec = 1,
        WriteOnly = 1;

    private const int OutputNumber = 1,
        ErrorNumber = 2;

    public static bool IsOutputOpen { get; } = IsOpen(OutputNumber);

    public static bool IsErrorOpen { get; } = IsOpen(ErrorNumber);

    public static TextWriter Output { get; } = IsOutputOpen ? Console.Out : TextWriter.Null;

    /// <summary>Never throws: a message that cannot be told is no reason to end the work.</summary>
    public static TextWriter Error { get; } = IsErrorOpen ? Forgiving() : TextWriter.Null;

    /// <summary>To be called before a file is opened that stays open. A number that is free is taken by the null device.</summary>
    private static bool IsOpen(int descriptor)
    {
        if (OperatingSystem.IsWindows())
            return true;
        int flags = Control(descriptor, GetFlags);
        if (flags < 0)
        {
            // The lowest free number is given: this one, or one below it, which then is no danger any more either.
            while (Open("/dev/null", WriteOnly) is int opened and >= 0 && opened < descriptor) { }
            return false;
        }
        // No descriptor that was handed to us has this mark, since it would have been closed: the runtime opened this one.
        return (flags & CloseOnExec) == 0;
    }

    private static TextWriter Forgiving()
    {
        Encoding encoding =
            Console.OutputEncoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Console.OutputEncoding;
        return TextWriter.Synchronized(new StreamWriter(new ForgivingStream(Console.OpenStandardError()), encoding) { AutoFlush = true });
    }

    // The third argument, which neither call needs here, is the variadic one.
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
