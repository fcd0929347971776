using System.Text;

namespace Quantizer.Cli.Workflows;

/// <summary>Files that all steps of a GitHub job add to, so that replacing one would take away what others wrote.</summary>
internal static class JobFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(string path, string text)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.GetBytes(text));
    }
}
