using Xunit;

namespace Quantizer.Testing;

/// <summary>A test of what only Linux tells.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux, whose inotify tells of opened files.";
}
